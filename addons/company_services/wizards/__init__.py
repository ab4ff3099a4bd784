from . import ai_config_viewer, ai_config_viewer_line
