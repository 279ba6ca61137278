"""The paper forms as PDF: convention (fiche n°19), individual sheet (exemple n°4), meeting."""
