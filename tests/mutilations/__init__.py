"""What people and programs do to a workbook in a year, each as a function on its package."""
