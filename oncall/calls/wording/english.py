"""What is said on the line, in English: to callers first, then to practitioners. Calm, short, plain.

Nothing here names a young person. What is said to callers leads with what they need to know.
"""

ENGLISH = {
    # To a caller, when they ring
    "hello": "Hello {name}, we are ringing {who} for you now.",
    "hello_unknown": "Hello, this is the on-call line of {team}, and we are ringing {who} for you now.",
    "hello_young": "Hello, it is good that you rang. We are ringing {who} for you now.",
    "hello_nobody": "Hello {name}, this is the on-call line of {team}.",
    "hello_nobody_unknown": "Hello, this is the on-call line of {team}.",
    "hello_nobody_young": "Hello, it is good that you rang.",
    "danger": "If anyone is in danger, hang up and ring 999.",
    "someone": "someone",
    "and": "and",
    "and_before_a_vowel": "and",
    # While they wait
    "wait_ringing": "We are ringing {who}.",
    "wait_still": "You have not been forgotten. We are still ringing.",
    "wait_star": "To leave a message instead, press star at any time.",
    "wait_here": "We are still here, and still ringing. If anyone is in danger, hang up and ring 999.",
    "wait_coming": "{name} has answered and is on the way to you.",
    "wait_again": "We are ringing {name} again. If all is said, you may hang up.",
    "wait_others": "We are ringing others for you now. If all is said, you may hang up.",
    "wait_promised": (
        "I am sorry, nobody could come to the phone in time. We keep trying, and someone will ring you back."
        " Press star to leave a message, or hang up now."
    ),
    "wait_promised_hidden": (
        "I am sorry, nobody could come to the phone in time, and we cannot see your number to ring you back."
        " Please press star to leave your number and a message, or ring us again in a few minutes."
    ),
    "wait_finished": "{name} says that all is said. You may hang up, or press star to leave a message.",
    # When something changes
    "moment": "{name} will be back with you at once.",
    "left": "{name} is no longer on the line. If all is said, you may hang up; or stay, and we ring them again now.",
    "together": "{name} is here now.",
    "back_to_room": "You are going back to the call.",
    "promise": (
        "I am sorry, nobody could come to the phone in time. We keep trying, and someone will ring you back."
        " You can leave a message after the tone, or hang up now."
    ),
    "promise_hidden": (
        "I am sorry, nobody could come to the phone in time, and we cannot see your number to ring you back."
        " Please leave your number and a message after the tone, or ring us again in a few minutes."
    ),
    "promise_young": (
        "I am sorry, nobody could come to the phone yet. You have not done anything wrong. Someone will ring you back."
        " You can leave a message after the tone, or hang up now."
    ),
    "message": "Please leave a message after the tone, then hang up. Someone will ring you back.",
    "finished": (
        "{name} says that all is said. If there is anything more, leave a message after the tone, or ring us again"
        " at any time."
    ),
    "thanks": "Thank you. We have your message, and someone will ring you back. Goodbye.",
    "no_message": "Thank you. Someone will ring you back. Goodbye.",
    "goodbye_hidden": "Thank you. Goodbye.",
    # When they are rung back
    "ringing_you_back": "This is the on-call line of {team}, ringing you back. {name} is on the line.",
    "line_lost": "I am sorry, the line was lost. We will ring you again. Goodbye.",
    # To a practitioner whose phone rings
    "ring": "{team} on call. {caller} is waiting on the line. It is {severity}. {known}",
    "ring_keys": "Press 1 to take the call, 2 to pass it on.",
    "join": "{team} on call. {caller} is on the line, and you have {ref}. {known}",
    "join_keys": "Press 1 to speak to them, 2 to pass it on.",
    "again": "Your call with {caller} has ended, and they are still on the line.",
    "again_keys": "Press 1 to go back to them, 2 if it is finished.",
    "bring": "{team} on call. You are asked to join a call with {caller}. It is {severity}.",
    "bring_keys": "Press 1 to join it, 2 if you cannot.",
    "back": "{team} on call, about {caller}, {ref}.",
    "back_keys": "Press 1 to ring them now, 2 if you cannot.",
    "late": "{team} on call. {caller} rang and has hung up. It is {severity}. {known}",
    "late_keys": "Press 1 to take it and ring them back, 2 to pass it on.",
    "late_hidden_keys": "Their number is hidden, so they cannot be rung back. Press 1 to take it, 2 to pass it on.",
    "known_foster_carer": "A foster carer.",
    "known_kin_carer": "A kinship carer.",
    "known_birth_parent": "A parent.",
    "known_young_person": "",
    "known_professional": "A professional.",
    "known_nobody": "Their number is not known to the team.",
    "known_before": "They have been in touch about this already.",
    "a_young_person": "a young person",
    "an_unknown_number": "an unknown number",
    "a_hidden_number": "a hidden number",
    "taken": "You have the call.",
    "taken_over": "You have it.",
    "joining": "You are joining the call.",
    "passed_on": "Passed on. Thank you.",
    "noted": "Thank you. It is noted that all is said.",
    "already": "{name} has the call. Nothing more is needed of you. Thank you.",
    "call_over": "The call is over. Nothing more is needed of you. Thank you.",
    "closed": "It is closed already. Nothing more is needed of you. Thank you.",
    "no_key": "No key was pressed, so nothing was taken. Goodbye.",
    # On a call
    "choice": "Press 1 to bring in the backup, 2 to bring in a lead, 3 to leave the others talking; or wait to go back.",
    "bringing": "We are ringing {name}. Going back.",
    "nobody_to_bring": "There is nobody to ring just now. Going back.",
    "absent": "{name} did not come to the phone.",
    "going_back": "Going back.",
    "nobody_else": "You are the only one with them. Going back.",
    "left_talking": "The others talk on. Thank you. Goodbye.",
    # When the caller's line has ended
    "alone": "{caller} is no longer on the line.",
    "no_answer": "{caller} did not answer.",
    "alone_keys": "Press 1 to ring them back, or hang up.",
    "alone_hidden": "Their number is hidden, so they cannot be rung back. They may ring again. Goodbye.",
    "ringing_caller": "We are ringing {caller} now.",
    "page_keys": "Press 1 to ring them now, or hang up.",
    "not_bridged": "You hold it, and contact is still owed. Goodbye.",
    # To a practitioner who rings the line
    "staff_hello": "Hello {name}.",
    "staff_nothing": "Nothing is open just now. Thank you for ringing.",
    "staff_ring": "Press {key} to ring {caller}, {ref}.",
    "staff_hear": "Press {key} to hear the message of {caller}, {ref}.",
    "staff_join": "Press {key} to speak to {caller}, {ref}, who is on the line now.",
    "staff_take": "Press {key} to take {ref}, {caller}, {severity}, and ring them.",
    "staff_take_hidden": "Press {key} to take {ref}, {caller}, {severity}.",
    "staff_goodbye": "Thank you. Goodbye.",
}
