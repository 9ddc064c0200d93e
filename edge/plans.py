"""From settings to the plain arguments that adapters take; adapters never see the settings."""

from edge.adapters.local.broker import BrokerKind, BrokerPlan
from edge.adapters.local.coap_server import CoapListen
from edge.adapters.subscription_file import Provisioning
from edge.errors import SettingsError
from edge.settings import Settings


def provisioning(settings: Settings) -> Provisioning:
    """What the product was built with; read from disk."""
    catalogue = settings.catalogue
    try:
        return Provisioning(
            region=catalogue.region,
            transport=catalogue.transport,
            relay=catalogue.relay,
            server_name=catalogue.server_name,
            ca=catalogue.ca.read_text(encoding="ascii"),
            root=catalogue.root.read_bytes(),
        )
    except OSError as error:
        raise SettingsError("catalogue.ca or catalogue.root", "cannot be read") from error


def broker_plan(settings: Settings) -> BrokerPlan:
    """Which broker, and where."""
    local = settings.local
    return BrokerPlan(
        kind=BrokerKind(local.broker),
        host=local.mqtt_host,
        port=local.mqtt_port,
        folder=settings.edge.state / "broker",
        password=local.mqtt_password,
    )


def coap_listen(settings: Settings) -> CoapListen:
    """Where CoAP listens."""
    local = settings.local
    return CoapListen(host=local.coap_host, port=local.coap_port, plain=local.coap_plain)
