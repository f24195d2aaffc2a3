from datetime import UTC, datetime, timedelta

import httpx
import pytest
from brevo import Brevo
from brevo.errors import BadRequestError, NotFoundError
from sib_api_v3_sdk import ApiClient, CompaniesApi, DealsApi

from app.services import companies, deals, pipelines
from tests.factories.contacts import make_contacts
from tests.factories.sales import make_deal, make_pipeline
from tests.factories.users import make_user


@pytest.fixture
def acme() -> str:
    """A company, by its id as clients write it."""
    return str(companies.create({"name": "Acme", "domain": "acme.io"}))


def test_pipelines_are_read_in_three_ways(brevo: Brevo, sib: ApiClient):
    """All in an array, one in an array of one, and the default one bare, which the older client knows alone."""
    partners = make_pipeline()
    every = brevo.deals.get_all_pipelines()
    assert [each.pipeline_name for each in every][1:] == ["Partners"]
    (one,) = brevo.deals.get_a_pipeline(str(partners.id))
    assert (one.pipeline, [stage.name for stage in one.stages]) == (str(partners.id), ["New", "Signed"])
    stages = DealsApi(sib).crm_pipeline_details_get().stages
    assert [stage.name for stage in stages] == [stage.name for stage in every[0].stages]


def test_a_deal_is_made_changed_and_deleted(brevo: Brevo, sib: ApiClient):
    """A deal has its place, its amount as a number, its people; what is not sent stays as it is."""
    partners, owner, (ann, bob) = make_pipeline(), make_user("rep"), make_contacts(2)
    signed = str(partners.stages[1].id)
    attributes = {"amount": 250, "deal_stage": signed, "deal_owner": owner.email, "colour": "blue"}
    made = brevo.deals.create_a_deal(name="Big one", attributes=attributes, linked_contacts_ids=[ann, bob])
    got = brevo.deals.get_a_deal(made.id)
    assert (got.id, got.linked_contacts_ids, got.linked_companies_ids) == (made.id, [ann, bob], [])
    assert got.attributes["deal_name"] == "Big one"
    assert (got.attributes["pipeline"], got.attributes["deal_stage"]) == (str(partners.id), signed)
    assert (got.attributes["amount"], got.attributes["deal_owner"]) == (250, str(owner.id))
    assert "colour" not in got.attributes
    DealsApi(sib).crm_deals_id_patch(made.id, {"attributes": {"amount": 300.5}, "linkedContactsIds": [bob]})
    got = DealsApi(sib).crm_deals_id_get(made.id)
    assert (got.attributes["amount"], got.attributes["deal_stage"], got.linked_contacts_ids) == (300.5, signed, [bob])
    brevo.deals.delete_a_deal(made.id)
    with pytest.raises(NotFoundError):
        brevo.deals.get_a_deal(made.id)


def test_deals_are_filtered_in_both_forms(brevo: Brevo, sib: ApiClient, acme: str):
    """Each filter finds its deal; the older client writes them as JSON; the list says no count."""
    (ann,), owner, partners = make_contacts(1), make_user("rep"), make_pipeline()
    stage = partners.stages[0].id
    one = deals.create(
        {"name": "One", "contact_ids": [ann], "owner_id": owner.id, "stage_id": stage, "pipeline_id": partners.id}
    )
    two = deals.create({"name": "Two", "company_id": int(acme)})
    found = [
        brevo.deals.get_all_deals(filters_attributes_deal_name="One"),
        brevo.deals.get_all_deals(filters_attributes_deal_owner=owner.email),
        brevo.deals.get_all_deals(filters_attributes_deal_stage=str(stage)),
        brevo.deals.get_all_deals(filters_attributes_pipeline=str(partners.id)),
        brevo.deals.get_all_deals(filters_linked_contacts_ids=str(ann)),
        DealsApi(sib).crm_deals_get(filters_attributes='{"attributes.deal_name": "One"}'),
        brevo.deals.get_all_deals(offset=1),
        brevo.deals.get_all_deals(sort_by="deal_name", sort="asc", limit=1),
    ]
    assert [[each.id for each in page.items] for page in found] == [[str(one.id)]] * len(found)
    page = brevo.deals.get_all_deals(filters_linked_companies_ids=acme)
    assert [each.id for each in page.items] == [str(two.id)]
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert brevo.deals.get_all_deals(created_since=later).items == []
    assert brevo.deals.get_all_deals(modified_since=later).items == []


def test_a_deal_is_linked_and_unlinked(brevo: Brevo, acme: str):
    """Contacts and the company come and go; a second company is refused in words."""
    ann, bob = make_contacts(2)
    deal, other = str(make_deal("D", ann).id), str(companies.create({"name": "Other"}))
    link = brevo.deals.link_and_unlink_a_deal_with_contacts_and_companies
    link(deal, link_contact_ids=[bob], unlink_contact_ids=[ann], link_company_ids=[acme])
    got = brevo.deals.get_a_deal(deal)
    assert (got.linked_contacts_ids, got.linked_companies_ids) == ([bob], [acme])
    with pytest.raises(BadRequestError) as caught:
        link(deal, link_company_ids=[other])
    assert "one company" in caught.value.body["message"]
    link(deal, link_company_ids=[other], unlink_company_ids=[acme])
    assert brevo.deals.get_a_deal(deal).linked_companies_ids == [other]


def test_a_company_answers_the_object_where_it_is_changed(brevo: Brevo, sib: ApiClient, wire: httpx.Client):
    """Companies are made with a 200, and a change answers the whole company, with its contacts and deals."""
    (ann,), deal = make_contacts(1), make_deal()
    answer = wire.post("/companies", json={"name": "Acme", "attributes": {"domain": "acme.io", "moon": 1}})
    assert answer.status_code == 200
    company = answer.json()["id"]
    changed = brevo.companies.update_a_company(
        company,
        attributes={"number_of_employees": 12, "industry": "Rockets"},
        linked_contacts_ids=[ann],
        linked_deals_ids=[str(deal.id)],
    )
    assert changed.attributes["domain"] == "acme.io"
    assert (changed.attributes["number_of_employees"], changed.attributes["industry"]) == (12, "Rockets")
    assert (changed.linked_contacts_ids, changed.linked_deals_ids) == ([ann], [str(deal.id)])
    got = CompaniesApi(sib).companies_id_get(company)
    assert (got.id, got.linked_contacts_ids) == (company, [ann])
    brevo.companies.link_and_unlink_company_with_contact_and_deal(
        company, unlink_contact_ids=[ann], unlink_deals_ids=[str(deal.id)]
    )
    got = brevo.companies.get_a_company(company)
    assert (got.linked_contacts_ids, got.linked_deals_ids) == ([], [])
    brevo.companies.delete_a_company(company)
    with pytest.raises(NotFoundError):
        brevo.companies.get_a_company(company)


def test_a_contact_is_not_taken_from_its_company_unasked(brevo: Brevo, acme: str):
    """A contact has one company: linking it to another is refused, and changes nothing."""
    (ann,) = make_contacts(1)
    link = brevo.companies.link_and_unlink_company_with_contact_and_deal
    link(acme, link_contact_ids=[ann])
    other = brevo.companies.create_a_company(name="Other").id
    with pytest.raises(BadRequestError) as caught:
        link(other, link_contact_ids=[ann])
    assert f"is with company {acme}" in caught.value.body["message"]
    assert brevo.companies.get_a_company(acme).linked_contacts_ids == [ann]


def test_companies_come_page_by_page(brevo: Brevo, sib: ApiClient):
    """Pages count from 1; filters come in both forms; an empty page is an empty array."""
    (ann,), deal = make_contacts(1), make_deal()
    made = [brevo.companies.create_a_company(name=f"C{number}").id for number in range(3)]
    brevo.companies.update_a_company(made[1], linked_contacts_ids=[ann], linked_deals_ids=[str(deal.id)])
    names = [
        [each.id for each in brevo.companies.get_all_companies(page=page, limit=2, sort="asc").items]
        for page in (1, 2, 3)
    ]
    assert names == [made[:2], made[2:], []]
    found = [
        brevo.companies.get_all_companies(filters_attributes_name="C1"),
        brevo.companies.get_all_companies(linked_contacts_ids=ann),
        brevo.companies.get_all_companies(linked_deals_ids=str(deal.id)),
        CompaniesApi(sib).companies_get(filters='{"attributes.name": "C1"}'),
    ]
    assert [[each.id for each in page.items] for page in found] == [[made[1]]] * len(found)


def test_attributes_of_the_crm_are_listed_and_fixed(brevo: Brevo, sib: ApiClient):
    """Deals and companies tell what they are made of; attributes of one's own are refused with the reason."""
    shown = {each.internal_name: each for each in brevo.deals.get_deal_attributes()}
    assert shown["deal_name"].is_required
    assert [option.value for option in shown["pipeline"].attribute_options] == [each.name for each in pipelines.every()]
    assert shown["created_at"].is_value_readonly
    names = [each.internal_name for each in brevo.companies.get_company_attributes()]
    assert {"name", "domain", "number_of_employees"} <= set(names)
    with pytest.raises(BadRequestError) as caught:
        brevo.companies.create_a_company_deal_attribute(label="Moon", object_type="deals", attribute_type="text")
    assert "no others" in caught.value.body["message"]
    for call in (brevo.companies.update_an_attribute, brevo.companies.delete_an_attribute):
        with pytest.raises(BadRequestError):
            call("deal_name")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/crm/deals", {}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"amount": "much"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"amount": -1}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"deal_stage": "nowhere"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"deal_stage": "999999"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"pipeline": "999999"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"deal_owner": "nobody@x.io"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "attributes": {"deal_status": "lucky"}}, 400),
        ("POST", "/crm/deals", {"name": "D", "linkedContactsIds": [999999]}, 400),
        ("POST", "/crm/deals", {"name": "D", "linkedCompaniesIds": ["1", "2"]}, 400),
        ("POST", "/crm/deals/import", None, 400),
        ("PATCH", "/crm/deals/999999", {"name": "D"}, 404),
        ("GET", "/crm/deals/64f0c2a1b7e4d90012ab34cd", None, 404),
        ("GET", "/crm/deals?filters[colour]=blue", None, 400),
        ("GET", "/crm/deals?filters=nothing", None, 400),
        ("GET", "/crm/deals?sortBy=colour", None, 400),
        ("POST", "/companies", {"attributes": {"domain": "x.io"}}, 400),
        ("POST", "/companies", {"name": "C", "attributes": {"number_of_employees": "many"}}, 400),
        ("POST", "/companies", {"name": "C", "linkedContactsIds": [999999]}, 400),
        ("POST", "/companies/import", None, 400),
        ("PATCH", "/companies/999999", {"name": "C"}, 404),
        ("GET", "/companies?page=0", None, 400),
        ("GET", "/crm/pipeline/details/999999", None, 404),
    ],
)
def test_what_deals_and_companies_cannot_be_is_refused(wire: httpx.Client, method: str, path: str, body, status: int):
    """Unknown things are a 404, bad values a 400, all in words."""
    answer = wire.request(method, path, json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}
