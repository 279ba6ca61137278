"""Speed and size, whole commands side by side: see README.md."""
