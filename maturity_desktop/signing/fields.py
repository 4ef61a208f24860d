"""Names of the signature fields our documents carry; light, so that anyone may know them."""

LEAD_ASSESSOR = "LeadAssessor"
INSTITUTION = "InstitutionApproval"
ISSUING_BODY = "IssuingBody"
