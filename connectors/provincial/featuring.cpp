#include "connectors/provincial/featuring.h"

#include <algorithm>
#include <set>

#include "connectors/provincial/errors.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

constexpr std::int64_t kPagesMax = 50;

bool holds(const Json& product, const Collection& collection) {
  const auto rows = common::items(product, collection.is_tag ? "tags" : "categories");
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Json& row) { return common::integer(row, "id") == collection.id; });
}

bool chosen(const Json& product, const std::optional<Collection>& collection) {
  return common::flag(product, "featured").value_or(false) &&
         !meta_text(product, kChosenKey).empty() && (!collection || holds(product, *collection));
}

// The product's terms with or without the collection.
Json terms_of(const Json& product, const Collection& collection, bool with) {  // NOLINT: one switch
  std::vector<Json> out;
  const auto entry = [](std::int64_t id) {
    return common::json_object({{"id", common::json_number(id)}});
  };
  for (const auto& row : common::items(product, collection.is_tag ? "tags" : "categories")) {
    const auto id = common::integer(row, "id").value_or(0);
    if (id != collection.id) out.push_back(entry(id));
  }
  if (with) out.push_back(entry(collection.id));
  return common::json_array(std::move(out));
}

Json element(const std::string& id, const Json& product,
             const std::optional<Collection>& collection,
             bool in) {  // NOLINT: one switch
  const auto gathered =
      collection && !collection->is_tag ? std::to_string(collection->id) : std::string{};
  Members members = {
      {"id", common::json_number(store_id(id).value_or(0))},
      {"featured", common::json_flag(in)},
      {"meta_data",
       common::json_array({meta_entry(kChosenKey, in ? "yes;" + gathered : std::string{})})}};
  if (collection) {
    members.emplace_back(collection->is_tag ? "tags" : "categories",
                         terms_of(product, *collection, in));
  }
  return common::json_object(members);
}

}  // namespace

std::string StoreFeaturing::what_it_does_vi() const {
  return "Sản phẩm được đánh dấu \"nổi bật\" và đưa vào bộ sưu tập của cửa hàng; thứ tự do giao "
         "diện của cửa hàng quyết định.";
}

std::string StoreFeaturing::what_it_does_en() const {
  return "The product is marked \"featured\" and put into the store's collection; the order is up "
         "to the store's theme.";
}

base::Status StoreFeaturing::look(const std::vector<std::string>& wanted, Rows& rows) {
  for (std::int64_t number = 1; number <= kPagesMax; ++number) {
    const auto page =
        client_.get("/products", common::Query{}
                                     .add("featured", "true")
                                     .add("status", "any")
                                     .add("per_page", static_cast<long long>(kReadMax))
                                     .add("page", number)
                                     .add("orderby", "id")
                                     .add("order", "asc"));
    if (!page) return page.error();
    for (const auto& row : common::items_of(page.value().rows)) rows[common::text(row, "id")] = row;
    if (number >= pages_of(page.value(), number, kReadMax)) break;
  }
  std::vector<std::string> missing;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(missing),
               [&](const std::string& id) { return !rows.contains(id); });
  const auto more = reads_.products(missing);
  if (!more) return more.error();
  for (const auto& row : more.value()) rows[common::text(row, "id")] = row;
  return base::Done{};
}

base::Status StoreFeaturing::send(const std::vector<Json>& elements,
                                  std::map<std::string, bool>& kept) {
  for (std::size_t at = 0; at < elements.size();) {
    const auto count = std::min(size_.items(), elements.size() - at);
    const std::vector<Json> part(elements.begin() + static_cast<std::ptrdiff_t>(at),
                                 elements.begin() + static_cast<std::ptrdiff_t>(at + count));
    const auto answer =
        timed_batch(client_, size_, "/products/batch", "update", part, common::Repeatable::yes);
    if (!answer) return answer.error();
    for (std::size_t i = 0; i < count; ++i) {
      const auto& row = answer.value()[i];
      const bool as_sent = common::child(row, "error") == nullptr &&
                           common::flag(row, "featured") == common::flag(part[i], "featured");
      kept[common::text(part[i], "id")] = as_sent;
    }
    at += count;
  }
  return base::Done{};
}

PushReport StoreFeaturing::feature(std::span<const FeaturedItem> items) {
  PushReport report;
  const auto collection = terms_.collection();
  if (!collection) {
    report.stopped_by = collection.error();
    return report;
  }
  std::set<std::string> wanted;
  for (const auto& item : items) {
    if (item.rank > 0 && store_id(item.binding.item_id)) wanted.insert(item.binding.item_id);
  }
  Rows rows;
  if (const auto seen = look({wanted.begin(), wanted.end()}, rows); !seen) {
    report.stopped_by = seen.error();
    return report;
  }
  std::vector<Json> elements;
  for (const auto& [id, product] : rows) {
    const bool in = wanted.contains(id);
    const bool ours = !meta_text(product, kChosenKey).empty();
    if (in ? !chosen(product, collection.value()) : ours) {
      elements.push_back(element(id, product, collection.value(), in));
    }
  }
  std::map<std::string, bool> kept;
  if (const auto sent = send(elements, kept); !sent) {
    report.stopped_by = sent.error();
    return report;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& id = items[i].binding.item_id;
    const auto verdict = kept.find(id);
    if (items[i].rank > 0 && !rows.contains(id)) {
      report.rejected.push_back(
          {i, {ErrorCode::not_found, items[i].sku.text + " is not in the store", {}, {}}});
    } else if (verdict != kept.end() && !verdict->second) {
      report.rejected.push_back(
          {i,
           {ErrorCode::rejected, items[i].sku.text + ": the store did not keep the flag", {}, {}}});
    } else {
      report.accepted.push_back(i);
    }
  }
  return report;
}

}  // namespace connectors::provincial
