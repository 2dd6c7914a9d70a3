"""Service Quotas: the EC2 quotas that attackers look up, and requests to raise them."""

import json
import uuid
from typing import Any

from moto.servicequotas.models import ServiceQuotasBackend as Backend
from moto.servicequotas.responses import ServiceQuotasResponse as Response

from ..corrections import add, correction, wrap

API = "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/"
INSTANCES = "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html"

# The default values, in vCPUs, of a new account.
EC2_QUOTAS = {
    "L-1216C47A": ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5.0),
    "L-34B43A08": ("All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 5.0),
    "L-DB2E81BA": ("Running On-Demand G and VT instances", 0.0),
    "L-3819A6DF": ("All G and VT Spot Instance Requests", 0.0),
    "L-417A185B": ("Running On-Demand P instances", 0.0),
    "L-7212CCBC": ("All P4, P3 and P2 Spot Instance Requests", 0.0),
    "L-74FC7D96": ("Running On-Demand F instances", 0.0),
    "L-1945791B": ("Running On-Demand Inf instances", 0.0),
    "L-2C3B7624": ("Running On-Demand Trn instances", 0.0),
    "L-43DA4232": ("Running On-Demand High Memory instances", 0.0),
    "L-7295265B": ("Running On-Demand X instances", 0.0),
}
FARGATE_QUOTAS = {
    "L-3032A538": ("Fargate On-Demand vCPU resource count", 6.0),
    "L-36FBB829": ("Fargate Spot vCPU resource count", 6.0),
}
QUOTAS = {"ec2": ("Amazon Elastic Compute Cloud (Amazon EC2)", EC2_QUOTAS),
          "fargate": ("AWS Fargate", FARGATE_QUOTAS)}


def quota(backend: Any, service: str, code: str) -> dict[str, Any]:
    """One quota as the API shows it."""
    title, codes = QUOTAS[service]
    name, value = codes[code]
    return {
        "ServiceCode": service, "ServiceName": title, "QuotaCode": code, "QuotaName": name, "Value": value,
        "QuotaArn": f"arn:aws:servicequotas:{backend.region_name}:{backend.account_id}:{service}/{code}",
        "Unit": "None", "Adjustable": True, "GlobalQuota": False,
    }


@correction(
    "service-quotas.compute",
    stock="knows the quotas of VPC alone",
    aws="knows those of EC2 and Fargate as well, and takes requests to raise them",
    page=INSTANCES,
)
def compute() -> None:
    """Looking up L-1216C47A is how the campaign begins."""

    @wrap(Backend)
    def get_service_quota(original: Any, self: Any, service_code: str, quota_code: str) -> Any:
        if service_code in QUOTAS and quota_code in QUOTAS[service_code][1]:
            return quota(self, service_code, quota_code)
        return original(self, service_code, quota_code)

    @wrap(Backend)
    def list_aws_default_service_quotas(original: Any, self: Any, service_code: str) -> Any:
        if service_code in QUOTAS:
            return [quota(self, service_code, code) for code in QUOTAS[service_code][1]]
        return original(self, service_code)

    @add(Response)
    def list_service_quotas(self: Any) -> str:
        service = str(json.loads(self.body).get("ServiceCode"))
        return json.dumps({"Quotas": self.backend.list_aws_default_service_quotas(service)})

    @add(Response)
    def get_aws_default_service_quota(self: Any) -> str:
        return self.get_service_quota()

    @add(Response)
    def request_service_quota_increase(self: Any) -> str:
        asked = json.loads(self.body)
        known = self.backend.get_service_quota(service_code=str(asked.get("ServiceCode")),
                                               quota_code=str(asked.get("QuotaCode")))
        request = {"Id": uuid.uuid4().hex, "ServiceCode": known["ServiceCode"], "QuotaCode": known["QuotaCode"],
                   "QuotaName": known["QuotaName"], "DesiredValue": asked.get("DesiredValue"), "Status": "PENDING"}
        self.backend.__dict__.setdefault("rk_requests", []).append(request)
        return json.dumps({"RequestedQuota": request})

    @add(Response)
    def list_requested_service_quota_change_history(self: Any) -> str:
        return json.dumps({"RequestedQuotas": self.backend.__dict__.get("rk_requests", [])})
