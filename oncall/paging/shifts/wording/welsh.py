"""What is texted and said of shifts, in Welsh. AWAITING A WELSH SPEAKER'S CHECK before real use."""

WELSH = {
    # To leads, in the morning
    "rest_owed": (
        "Gorffwys yn ddyledus. {name}: gorffennodd yr alwad olaf {ended}, {hours} awr hyd at {rested}."
        " Cytunwch ar ddechrau hwyrach."
    ),
}
