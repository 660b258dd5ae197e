"""What is texted and said of shifts, in English: short, calm, and to the letters that fit 160 to a segment."""

ENGLISH = {
    # To leads, in the morning
    "rest_owed": "Rest owed. {name}: last call ended {ended}, {hours} hours run to {rested}. Please agree a later start.",
}
