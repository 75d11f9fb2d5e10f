"""The fixtures themselves: what they promise to every other test."""

from playwright.sync_api import Browser

from building import Book


def test_the_same_book_has_the_same_commit_id(book: Book) -> None:
    book.write("records/services/SVC-shop.yaml", "id: SVC-shop\n")
    first = book.commit("Add the shop")
    again = Book(book.root.parent / "again")
    again.write("records/services/SVC-shop.yaml", "id: SVC-shop\n")
    assert again.commit("Add the shop") == first


def test_the_browser_is_a_real_one(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>before</title><script>document.title = 'it runs scripts'</script>")
    assert page.title() == "it runs scripts"
    page.close()
