// Reading half of the store: what it shows. Writing is store_writes.cpp, orders are
// order_reader.cpp.
#include "connectors/provincial/store.h"

#include <algorithm>
#include <charconv>

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Query;

constexpr std::size_t kReadMax = 100;

long long count(std::size_t items) {
  return static_cast<long long>(items);
}

// "3/120": the page to ask for, and how many products there were when the one before was read.
struct ListCursor {
  std::int64_t page = 1;
  std::int64_t total = 0;
};

ListCursor list_cursor(const std::string& text) {
  ListCursor cursor;
  const auto slash = text.find('/');
  if (slash == std::string::npos) return cursor;
  std::from_chars(text.data(), text.data() + slash, cursor.page);
  std::from_chars(text.data() + slash + 1, text.data() + text.size(), cursor.total);
  cursor.page = std::max<std::int64_t>(1, cursor.page);
  return cursor;
}

std::string to_text(const ListCursor& cursor) {
  return std::to_string(cursor.page) + "/" + std::to_string(cursor.total);
}

}  // namespace

Store::Store(Options options, const Environment& environment,
             std::shared_ptr<common::Transport> wire)
    : clock_(environment.clock), client_(std::move(options), environment, std::move(wire)) {}

Capabilities Store::capabilities() const {
  Capabilities can;
  can.stock_write = catalog::StockWrite::absolute_and_delta;
  can.on_cancel = catalog::Restock::channel_adds_back;
  can.needs_image = false;
  can.publish_batch_max = contents_.items();
  can.stock_batch_max = levels_.items();
  can.price_batch_max = prices_.items();
  can.read_batch_max = kReadMax;
  return can;
}

base::Result<ShopInfo> Store::test() {
  const auto page = client_.get("/products", Query{}.add("per_page", 1), common::CallKind::probe);
  if (!page) return page.error();
  const auto name = store_name(client_.options());
  return ShopInfo{name, name, std::to_string(page.value().total) + " products"};
}

base::Result<std::vector<Json>> Store::products(const std::vector<std::string>& ids) {
  std::vector<Json> out;
  for (std::size_t at = 0; at < ids.size(); at += kReadMax) {
    std::string wanted;
    for (std::size_t i = at; i < std::min(ids.size(), at + kReadMax); ++i) {
      wanted += (wanted.empty() ? "" : ",") + ids[i];
    }
    const auto page = client_.get(
        "/products",
        Query{}.add("include", wanted).add("per_page", count(kReadMax)).add("status", "any"));
    if (!page) return page.error();
    const auto rows = common::items_of(page.value().rows);
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

base::Result<std::vector<RemoteListing>> Store::read(std::span<const catalog::Binding> bindings) {
  std::vector<std::string> ids;
  for (const auto& binding : bindings) ids.push_back(binding.item_id);
  const auto found = products(ids);
  if (!found) return found.error();
  std::vector<RemoteListing> out;
  for (const auto& product : found.value()) {
    auto listing = to_listing(product);
    const auto& id = listing.binding.item_id;
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) out.push_back(std::move(listing));
  }
  return out;
}

// By id, so new products come last; when one was deleted meanwhile the rest moved up, and the page
// before is read once more: a listing may then come twice, none is missed.
base::Result<ListingPage> Store::list(const std::string& page_cursor) {
  const auto cursor = list_cursor(page_cursor);
  const auto page_size = client_.options().page_size;
  const auto page = client_.get("/products", Query{}
                                                 .add("per_page", count(page_size))
                                                 .add("page", cursor.page)
                                                 .add("orderby", "id")
                                                 .add("order", "asc")
                                                 .add("status", "any"));
  if (!page) return page.error();
  ListingPage out;
  for (const auto& product : common::items_of(page.value().rows)) {
    out.listings.push_back(to_listing(product));
  }
  const auto total = page.value().total;
  if (cursor.total > total) {
    out.next_cursor = to_text(ListCursor{std::max<std::int64_t>(1, cursor.page - 1), total});
  } else if (cursor.page < pages_of(page.value(), cursor.page, page_size)) {
    out.next_cursor = to_text(ListCursor{cursor.page + 1, total});
  }
  return out;
}

base::Result<std::optional<RemoteListing>> Store::find(const catalog::Sku& sku) {
  const auto page = client_.get("/products", Query{}.add("sku", sku.text).add("status", "any"));
  if (!page) return page.error();
  for (const auto& product : common::items_of(page.value().rows)) {
    auto listing = to_listing(product);
    if (listing.sku == sku) return std::optional(std::move(listing));
  }
  return std::optional<RemoteListing>{};
}

base::Result<OrderPage> Store::pull_orders(const OrderQuery& query) {
  return orders_.window(query);
}

base::Result<OrderPage> Store::fetch_orders(std::span<const std::string> remote_ids) {
  return orders_.by_id(remote_ids);
}

base::Result<std::vector<std::string>> Store::declare(const std::string&,
                                                      std::span<const WorksheetLine>) {
  return Error{ErrorCode::invalid, "this channel has an API; it takes no worksheets", {}, {}};
}

}  // namespace connectors::provincial
