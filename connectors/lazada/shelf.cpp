#include "connectors/lazada/shelf.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

using base::Done;
using base::Error;
using base::ErrorCode;
using catalog::Binding;

base::Result<std::vector<RemoteListing>> Shelf::read(std::span<const Binding> bindings) {
  std::vector<std::string> items;
  for (const auto& binding : bindings) {
    const bool known = std::find(items.begin(), items.end(), binding.item_id) != items.end();
    if (!binding.empty() && !known) items.push_back(binding.item_id);
  }
  std::vector<RemoteListing> found;
  if (items.size() > kSingleReadsMax) {
    if (const auto swept = sweep(items, found); !swept) return swept.error();
  }
  for (const auto& item : items) {  // what a list missed is asked for by name before it is "gone"
    const auto answer = client_.product(item);
    if (!answer && answer.error().code == ErrorCode::not_found) continue;
    if (!answer) return answer.error();
    auto shown = listings(answer.value());
    std::move(shown.begin(), shown.end(), std::back_inserter(found));
  }
  std::erase_if(found, [&](const RemoteListing& listing) {
    return std::none_of(bindings.begin(), bindings.end(), [&](const Binding& wanted) {
      return wanted == listing.binding ||
             (wanted.unit_id.empty() && wanted.item_id == listing.binding.item_id);
    });
  });
  return found;
}

// Reads list pages until every wanted item was met; those not met stay in `missing`.
base::Status Shelf::sweep(std::vector<std::string>& missing, std::vector<RemoteListing>& found) {
  std::string cursor;
  do {
    auto page = list(cursor);
    if (!page) return page.error();
    for (auto& listing : page.value().listings) {
      const bool met = std::any_of(found.begin(), found.end(), [&](const RemoteListing& known) {
        return known.binding == listing.binding;
      });
      if (met) continue;
      std::erase(missing, listing.binding.item_id);
      found.push_back(std::move(listing));
    }
    cursor = page.value().next_cursor;
  } while (!cursor.empty() && !missing.empty());
  return Done{};
}

base::Result<ListingPage> Shelf::list(const std::string& page_cursor) {
  std::size_t offset = 0;
  const char* end = page_cursor.data() + page_cursor.size();
  const auto [stop, failure] = std::from_chars(page_cursor.data(), end, offset);
  if (!page_cursor.empty() && (failure != std::errc{} || stop != end)) {
    return Error{ErrorCode::invalid, "Lazada: the page cursor cannot be read", {}, {}};
  }
  const auto answer = client_.products(offset);
  if (!answer) return answer.error();
  const auto count = product_count(answer.value());
  ListingPage page{listings(answer.value()), {}};
  const std::size_t next = offset + count.shown;
  const std::size_t full = std::min(client_.options().page_size, kProductPageMax);
  const bool more = count.total ? next < *count.total : count.shown >= full;
  if (count.shown == 0 || !more) return page;
  if (next >= kListOffsetMax) {
    return Error{ErrorCode::protocol, "Lazada: the shop has more products than it lists", {}, {}};
  }
  page.next_cursor = std::to_string(next);
  return page;
}

// The search is Lazada's; the comparison is ours. Of several twins the oldest is the listing.
base::Result<std::optional<RemoteListing>> Shelf::find(const catalog::Sku& sku) {
  std::optional<RemoteListing> found;
  const auto answer = client_.products_by_sku({&sku.text, 1});
  if (!answer && answer.error().code == ErrorCode::not_found) return found;
  if (!answer) return answer.error();
  const auto older = [](const Binding& a, const Binding& b) {
    return a.item_id.size() != b.item_id.size() ? a.item_id.size() < b.item_id.size()
                                                : a.item_id < b.item_id;
  };
  for (auto& listing : listings(answer.value())) {
    if (listing.sku != sku) continue;
    if (!found || older(listing.binding, found->binding)) found = std::move(listing);
  }
  return found;
}

PushReport Shelf::erase(std::span<const Binding> bindings) {
  PushReport report;
  const auto names = names_of(bindings);
  if (!names) {
    report.stopped_by = names.error();
    return report;
  }
  std::vector<Rejection> refused;
  for (std::size_t i = 0; i < names.value().size(); i += kRemoveMax) {
    const auto count = std::min(kRemoveMax, names.value().size() - i);
    const auto removed = remove(std::span{names.value()}.subspan(i, count), refused);
    if (removed) continue;
    report.stopped_by = removed.error();
    return report;  // nothing is confirmed: a removal may be sent again
  }
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const auto bad = std::find_if(refused.begin(), refused.end(),
                                  [&](const Rejection& one) { return one.index == i; });
    if (bad == refused.end()) {
      report.accepted.push_back(i);
    } else {
      report.rejected.push_back(*bad);
    }
  }
  return report;
}

// A binding without a SkuId means the whole product.
base::Result<std::vector<Shelf::Named>> Shelf::names_of(std::span<const Binding> bindings) {
  std::vector<Named> names;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const auto& binding = bindings[i];
    if (binding.empty()) continue;
    if (!binding.unit_id.empty()) {
      names.push_back({i, "SkuId_" + binding.item_id + "_" + binding.unit_id});
      continue;
    }
    const auto shown = read({&binding, 1});
    if (!shown) return shown.error();
    for (const auto& listing : shown.value()) {
      names.push_back({i, "SkuId_" + binding.item_id + "_" + listing.binding.unit_id});
    }
  }
  return names;
}

// A refused batch goes again one by one: a removal may arrive twice, and what is gone is done.
base::Status Shelf::remove(std::span<const Named> names, std::vector<Rejection>& refused) {
  std::vector<std::string> texts;
  for (const auto& one : names) texts.push_back(one.name);
  const auto answer = client_.remove_skus(texts);
  if (!answer) return answer.error();
  const auto& error = answer.value().error;
  if (!error) return Done{};
  if (!concerns_the_goods(*error)) return *error;
  if (names.size() > 1) {
    for (const auto& one : names) {
      if (const auto removed = remove({&one, 1}, refused); !removed) return removed;
    }
    return Done{};
  }
  auto told = *error;
  for (const auto& row : common::items(answer.value().body, "detail")) {
    told = refusal(common::text(row, "code"), common::text(row, "message"));
  }
  if (told.code != ErrorCode::not_found) refused.push_back({names.front().index, told});
  return Done{};
}

}  // namespace connectors::lazada
