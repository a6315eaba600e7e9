"""One function a user intent. Each does four things in sight: load, decide, save, record. None commits: its caller does."""
