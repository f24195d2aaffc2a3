import pytest
from brevo import Brevo
from brevo.contacts import CreateAttributeRequestEnumerationItem, UpdateAttributeRequestEnumerationItem
from brevo.errors import BadRequestError, NotFoundError
from sib_api_v3_sdk import ApiClient, ContactsApi, CreateAttribute, CreateAttributeEnumeration

from app.services import attributes
from nodes.catalog import Kind


def named(found, name: str):
    return next(each for each in found if each.name == name)


@pytest.mark.parametrize("type_", ["text", "float", "date", "boolean"])
def test_a_normal_attribute_comes_back_as_it_was_made(brevo: Brevo, sib: ApiClient, type_: str):
    """Both clients read the type that was asked for."""
    brevo.contacts.create_attribute("normal", "thing", type=type_)
    for found in (brevo.contacts.get_attributes().attributes, ContactsApi(sib).get_attributes().attributes):
        assert (named(found, "THING").category, named(found, "THING").type) == ("normal", type_)


def test_a_category_keeps_its_labels_in_order(brevo: Brevo, sib: ApiClient):
    """A category has its labels by value and says no type, which the older client could not read."""
    item = CreateAttributeRequestEnumerationItem
    brevo.contacts.create_attribute(
        "category", "SIZE", enumeration=[item(value=2, label="large"), item(value=1, label="small")]
    )
    for found in (brevo.contacts.get_attributes().attributes, ContactsApi(sib).get_attributes().attributes):
        size = named(found, "SIZE")
        assert (size.category, size.type) == ("category", None)
        assert [(each.value, each.label) for each in size.enumeration] == [(1, "small"), (2, "large")]
    item = UpdateAttributeRequestEnumerationItem
    brevo.contacts.update_attribute("category", "SIZE", enumeration=[item(value=1, label="huge")])
    assert attributes.get("SIZE").options == ("huge",)


@pytest.mark.parametrize(("sent", "kept"), [(2, "large"), ("Small", "small"), (9, None), (0, None), (True, None)])
def test_a_category_takes_value_or_label(brevo: Brevo, sent: object, kept: str | None):
    """A contact's category is given by its value or its label; what is neither is ignored."""
    attributes.create("SIZE", Kind.CATEGORY, ["small", "large"])
    brevo.contacts.create_contact(email="a@x.io", attributes={"SIZE": sent})
    assert brevo.contacts.get_contact_info("a@x.io").attributes.model_dump().get("SIZE") == kept


def test_a_multiple_choice_grows_and_shrinks(brevo: Brevo, sib: ApiClient):
    """Options are added and removed one by one; the older client still reads the other attributes."""
    brevo.contacts.create_attribute("normal", "LIKES", type="multiple-choice", multi_category_options=["tea"])
    brevo.contacts.create_contact(email="a@x.io", attributes={"LIKES": ["tea"]})
    brevo.contacts.update_attribute("normal", "LIKES", multi_category_options=["coffee", "green tea"])
    brevo.contacts.delete_multi_attribute_options("LIKES", "tea")
    likes = named(brevo.contacts.get_attributes().attributes, "LIKES")
    assert (likes.type, likes.multi_category_options) == ("multiple-choice", ["coffee", "green tea"])
    assert "LIKES" not in brevo.contacts.get_contact_info("a@x.io").attributes.model_dump()
    assert "LIKES" in {each.name for each in ContactsApi(sib).get_attributes().attributes}


def test_an_attribute_is_deleted(brevo: Brevo):
    """A deleted attribute is gone; one of another category is not it."""
    attributes.create("SCORE", Kind.NUMBER)
    with pytest.raises(NotFoundError) as caught:
        brevo.contacts.delete_attribute("category", "SCORE")
    assert caught.value.body["message"] == "Attribute not found"
    brevo.contacts.delete_attribute("normal", "score")
    with pytest.raises(NotFoundError):
        brevo.contacts.delete_attribute("normal", "SCORE")


def test_the_older_client_makes_attributes(sib: ApiClient):
    """The older client makes and deletes attributes."""
    api = ContactsApi(sib)
    api.create_attribute("normal", "AGE", CreateAttribute(type="float"))
    api.create_attribute(
        "category", "KIND", CreateAttribute(enumeration=[CreateAttributeEnumeration(value=1, label="b2b")])
    )
    assert (attributes.get("AGE").kind, attributes.get("KIND").options) == (Kind.NUMBER, ("b2b",))
    api.delete_attribute("normal", "AGE")


def test_a_name_is_taken_once(brevo: Brevo):
    """Making an attribute again is refused as a duplicate."""
    brevo.contacts.create_attribute("normal", "SCORE", type="float")
    with pytest.raises(BadRequestError) as caught:
        brevo.contacts.create_attribute("normal", "score", type="text")
    assert caught.value.body["code"] == "duplicate_parameter"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "normal/X", {"type": "colour"}, 400),
        ("POST", "normal/X", {"type": "user"}, 400),
        ("POST", "normal/1-2", {"type": "text"}, 400),
        ("POST", "normal/EMAIL", {"type": "text"}, 400),
        ("POST", "normal/X", {"type": "multiple-choice", "multiCategoryOptions": [1]}, 400),
        ("POST", "category/X", {"enumeration": [{"label": "a"}]}, 400),
        ("POST", "category/X", {"enumeration": [{"value": 1}]}, 400),
        ("POST", "category/X", {"enumeration": "a"}, 400),
        ("POST", "transactional/X", {"type": "id"}, 400),
        ("POST", "odd/X", {"type": "text"}, 400),
        ("PUT", "category/NOBODY", {"enumeration": []}, 404),
        ("PUT", "normal/FIRST", {"value": "x"}, 400),
        ("DELETE", "normal/NOBODY", None, 404),
        ("DELETE", "multiple-choice/FIRST/x", None, 404),
    ],
)
def test_bad_attributes_are_refused(wire, method: str, path: str, body, status: int):
    """What is not offered, ill-typed or unknown is refused in words, and nothing is made."""
    attributes.create("FIRST", Kind.TEXT)
    before = attributes.every()
    answer = wire.request(method, f"/contacts/attributes/{path}", json=body)
    assert (answer.status_code, set(answer.json())) == (status, {"code", "message"})
    assert attributes.every() == before
