"""Stories: a post on its way to the public."""

from tests.house import FACEBOOK, House


def test_a_post_reaches_the_public_after_a_communications_manager_approves(house: House) -> None:
    post = house.submitted("goldilocks")
    post = house.does("rapunzel", "request_changes", post, json={"comment": "Say which Saturday."})
    post = house.does("goldilocks", "submit", post)
    post = house.does("rapunzel", "approve", post)
    post = house.does("goldilocks", "publish", post, json=FACEBOOK)

    assert (post.status_code, post.json()["state"], post.json()["version"]) == (200, "published", 6)
    assert post.json()["available_transitions"] == ["take_down"]
