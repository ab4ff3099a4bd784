from . import ai_config_viewer, ai_config_viewer_line, ai_tenant_move, ai_tenant_take_over
