"""The statute as data: terms, decisions, fees, remedies and working days; standard library only."""
