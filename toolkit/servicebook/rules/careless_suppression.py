"""A comment that suppresses a rule gives no reason, or suppresses nothing.

A rule may be wrong in one case. Then a comment in the record says which rule and why, and the site
publishes both:

    # servicebook: suppress event-out-of-order: the till's clock was an hour slow, see INC-20251130-p2wd

Without a reason nobody can judge it; with a misspelt rule, or where the rule finds nothing, it only
hides what comes later. Some rules cannot be suppressed, since without them a record cannot be read.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
# servicebook: suppress event-out-of-order
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
  - at: 2025-11-28T08:40:00+01:00
    event: responded
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
# servicebook: suppress event-out-of-order: the till's clock was half an hour slow, we keep its time
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
  - at: 2025-11-28T08:40:00+01:00
    event: responded
```
"""

# What this rule says can only be known when all the others have spoken: see validation/suppression.py.
SUPPRESSIBLE = False
