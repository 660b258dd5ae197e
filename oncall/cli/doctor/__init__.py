"""`oncall doctor`: whether the line would hold tonight. The checks are rooms of their own."""
