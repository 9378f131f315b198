"""The ledger (台账): a register kept in a spreadsheet, read and brought in."""
