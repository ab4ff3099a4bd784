"""The odoo.conf of a run."""

from configparser import ConfigParser

from devtools.services.odoo_conf import WORKERS, odoo_conf


def read(text):
    parser = ConfigParser(interpolation=None)
    parser.read_string(text)
    return parser


def test_jobs_leave_two_workers_to_web_requests():
    conf = read(odoo_conf({}, {}))
    capacity = int(conf["queue_job"]["channels"].partition(",")[0].rpartition(":")[2])

    assert conf["options"]["workers"] == str(WORKERS)
    assert capacity <= WORKERS - 2


def test_given_options_win_and_none_leaves_a_line_out():
    conf = read(odoo_conf({"workers": 0, "db_name": None}, {"model": "grounded", "url": None}))

    assert conf["options"]["workers"] == "0"
    assert "db_name" not in conf["options"]
    assert dict(conf["agent_runtime"]) == {"model": "grounded"}


def test_the_connector_is_loaded_server_wide_and_databases_are_not_listed():
    conf = read(odoo_conf({}, {}))

    assert {"queue_job", "chatwoot_ai_connector"} <= set(
        conf["options"]["server_wide_modules"].split(",")
    )
    assert conf["options"]["list_db"] == "False"
