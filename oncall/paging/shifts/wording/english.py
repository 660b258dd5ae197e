"""What is texted and said of shifts, in English: short, calm, and to the letters that fit 160 to a segment."""

ENGLISH = {
    # To leads, in the morning
    "rest_owed": "Rest owed. {name}: last call ended {ended}, {hours} hours run to {rested}. Please agree a later start.",
    # At a handover
    "handover_in": "You are now on {tier}. {open}",
    "handover_out": "You are off {tier}, thank you. {other} has it now. {open}",
    "open_some": "Open: {refs}.",
    "open_none": "Nothing is open.",
    "test_call": "This is the test call at the start of your duty, from the on-call line of {team}. Press 1.",
    "test_thanks": "Thank you. Your phone works. Have a calm duty. Goodbye.",
    # To leads, at a handover
    "test_unanswered": "{name} is on {tier} and has not answered the test call. Please see that they can be reached.",
    "on_duty_no_texts": "{name} is on {tier} now and has blocked texts from this line (STOP). They can be paged by call only.",
    "on_duty_unreachable": "{name} is on {tier} now and has no mobile that works. They cannot be paged. Please put somebody else on.",
    # Before a shift
    "shift_question": "Can you still do {what}? Reply 1 if you can, 2 if you cannot.",
    "shift_yes": "Thank you. Noted: you can do {what}.",
    "shift_no": "Noted: you cannot do {what}. Colleagues are asked to cover it. It stays with you until somebody has it.",
    "shift_cannot": "{name} cannot do {what}. Colleagues are being asked to cover it. Please look at it.",
    "shift_unanswered": "{name} has not said whether they can do {what}. Please ask them.",
    # Answers to WHO and ROTA
    "who": "On call now: {said}.",
    "who_until": "{tier} {name} until {until}",
    "who_on": "{tier} {name}",
    "who_nobody": "{tier} nobody",
    "who_no_rota": "There is no rota yet, so nobody is on call.",
    "rota": "Your shifts: {said}.",
    "rota_now": "{tier} now until {until}",
    "rota_nothing": "You are not on the rota in the next eight weeks.",
    # To leads, of gaps
    "gaps": "Nobody is on duty for: {gaps}. Please put somebody on.",
    "gaps_more": "and {count} more",
    # One's own next shift
    "shift_moved": "Your next shift has moved. It was {was}. It is now {what}.",
    "shift_gone": "{was} is no longer yours. You have no shift in the next four weeks.",
    "shift_new": "You have a shift now: {what}.",
}
