#include "connectors/provincial/reads.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Query;

constexpr int kVariationPagesMax = 50;

long long count(std::size_t items) {
  return static_cast<long long>(items);
}

std::string joined(std::span<const std::string> ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : ",") + id;
  return out;
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

const Json* with_id(std::span<const Json> rows, const std::string& id) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const Json& row) { return common::text(row, "id") == id; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<RemoteListing> plain_listing(const Json& product) {
  if (!is_variable(product)) return to_listing(product);
  if (const auto mark = mark_of(product)) return marked_listing(product, *mark);
  if (common::text(product, "sku").empty()) return std::nullopt;
  auto listing = to_listing(product);  // somebody gave the product itself a SKU: nothing to sell
  listing.stock = 0;
  return listing;
}

base::Result<std::vector<Json>> Reads::products(const std::vector<std::string>& ids) {
  std::vector<Json> out;
  for (std::size_t at = 0; at < ids.size(); at += kReadMax) {
    const auto part = std::span(ids).subspan(at, std::min(kReadMax, ids.size() - at));
    const auto page = client_.get(
        "/products",
        Query{}.add("include", joined(part)).add("per_page", count(kReadMax)).add("status", "any"));
    if (!page) return page.error();
    const auto rows = common::items_of(page.value().rows);
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

base::Result<std::vector<Json>> Reads::variations(const std::string& product_id,
                                                  const std::vector<std::string>& ids) {
  std::vector<Json> out;
  const auto path = "/products/" + product_id + "/variations";
  for (std::int64_t number = 1; number <= kVariationPagesMax; ++number) {
    Query query;
    query.add("per_page", count(kReadMax)).add("page", static_cast<long long>(number));
    if (!ids.empty()) query.add("include", joined(ids));
    query.add("orderby", "id").add("order", "asc");
    const auto page = client_.get(path, query);
    if (!page) return page.error();
    const auto rows = common::items_of(page.value().rows);
    out.insert(out.end(), rows.begin(), rows.end());
    if (number >= pages_of(page.value(), number, kReadMax)) return out;
  }
  return Error{ErrorCode::protocol, "product " + product_id + " has too many variations", {}, {}};
}

base::Result<std::vector<RemoteListing>> Reads::read(std::span<const catalog::Binding> bindings) {
  std::set<std::string> distinct;
  std::map<std::string, std::vector<std::string>> units;
  std::set<std::string> plain;
  for (const auto& [item, unit] : bindings) {
    if (!store_id(item)) continue;
    distinct.insert(item);
    if (unit.empty()) {
      plain.insert(item);
    } else if (store_id(unit)) {
      units[item].push_back(unit);
    }
  }
  const auto found = products({distinct.begin(), distinct.end()});
  if (!found) return found.error();
  std::vector<RemoteListing> out;
  for (const auto& product : found.value()) {
    const auto id = common::text(product, "id");
    if (plain.contains(id)) {
      if (auto listing = plain_listing(product)) out.push_back(*std::move(listing));
    }
    const auto wanted = units.find(id);
    if (wanted == units.end() || !is_variable(product)) continue;
    const auto rows = variations(id, wanted->second);
    if (!rows) return rows.error();
    for (const auto& row : rows.value()) {
      auto listing = variation_listing(product, row);
      const auto& ids = wanted->second;
      const bool asked = std::find(ids.begin(), ids.end(), listing.binding.unit_id) != ids.end();
      if (asked) out.push_back(std::move(listing));
    }
  }
  return out;
}

base::Status Reads::add_all(const Json& product, std::vector<RemoteListing>& out) {
  if (!is_variable(product)) {
    out.push_back(to_listing(product));
    return base::Done{};
  }
  const auto rows = variations(common::text(product, "id"));
  if (!rows) return rows.error();
  for (const auto& row : rows.value()) out.push_back(variation_listing(product, row));
  const auto mark = mark_of(product);
  if (mark && variation_with_sku(rows.value(), mark->sku) == nullptr) {
    out.push_back(marked_listing(product, *mark));
  }
  return base::Done{};
}

// By id, so new products come last; when one was deleted meanwhile the rest moved up, and the page
// before is read once more: a listing may then come twice, none is missed.
base::Result<ListingPage> Reads::list(const std::string& page_cursor) {
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
    if (const auto added = add_all(product, out.listings); !added) return added.error();
  }
  const auto total = page.value().total;
  if (cursor.total > total) {
    out.next_cursor = to_text(ListCursor{std::max<std::int64_t>(1, cursor.page - 1), total});
  } else if (cursor.page < pages_of(page.value(), cursor.page, page_size)) {
    out.next_cursor = to_text(ListCursor{cursor.page + 1, total});
  }
  return out;
}

base::Result<std::optional<RemoteListing>> Reads::find(const catalog::Sku& sku) {
  const auto page = client_.get("/products", Query{}.add("sku", sku.text).add("status", "any"));
  if (!page) return page.error();
  std::optional<RemoteListing> product_itself;
  for (const auto& row : common::items_of(page.value().rows)) {
    if (common::text(row, "sku") != sku.text) continue;
    if (common::text(row, "type") != "variation") {
      auto listing = plain_listing(row);
      if (listing && !is_variable(row)) return listing;
      if (!product_itself) product_itself = std::move(listing);
      continue;
    }
    const auto parent_id = common::text(row, "parent_id");
    const auto parents = products({parent_id});
    if (!parents) return parents.error();
    const auto* parent = with_id(parents.value(), parent_id);
    if (parent == nullptr) continue;
    auto listing = variation_listing(*parent, row);
    if (listing.sku == sku) return std::optional(std::move(listing));
  }
  if (product_itself) return product_itself;
  return client_.options().variations ? find_marked(sku) : std::optional<RemoteListing>{};
}

// While a product is being turned, the SKU of its one pack is nowhere but in its mark.
base::Result<std::optional<RemoteListing>> Reads::find_marked(const catalog::Sku& sku) {
  for (std::int64_t number = 1; number <= kVariationPagesMax; ++number) {
    const auto page = client_.get("/products", Query{}
                                                   .add("type", "variable")
                                                   .add("status", "draft")
                                                   .add("per_page", count(kReadMax))
                                                   .add("page", number)
                                                   .add("orderby", "id")
                                                   .add("order", "desc"));
    if (!page) return page.error();
    for (const auto& product : common::items_of(page.value().rows)) {
      const auto mark = mark_of(product);
      if (mark && mark->sku == sku.text) return std::optional(marked_listing(product, *mark));
    }
    if (number >= pages_of(page.value(), number, kReadMax)) break;
  }
  return std::optional<RemoteListing>{};
}

}  // namespace connectors::provincial
