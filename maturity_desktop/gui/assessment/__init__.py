"""The questionnaire and its evidence: walking the rated items, answering, attaching, previewing.

`state` is Qt-free and derives everything shown; `models` are item models; `views` draw and emit intents;
`presenter` and its neighbours talk to the services.
"""
