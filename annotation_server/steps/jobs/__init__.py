"""Jobs are tried again or cancelled."""
