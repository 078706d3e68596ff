"""The doctor: what an installation needs to be sound, looked over one by one."""
