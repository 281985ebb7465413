"""Running processes: one locked command at a time, projected to task rows and history."""
