"""What an older workbook of ours lacks of a new one, given to it; what the team did stays."""
