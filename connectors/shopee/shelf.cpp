#include "connectors/shopee/shelf.h"

#include <utility>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

using base::ErrorCode;

base::Result<ItemParts> ShelfKeeper::parts_of(const ListingContent& content) {
  auto images = images_.ids_of(content);
  if (!images) return images.error();
  auto logistics = logistic_ids();
  if (!logistics) return logistics.error();
  auto location = locations_.id();
  if (!location) return location.error();
  return ItemParts{std::move(images).value(), std::move(logistics).value(),
                   std::move(location).value()};
}

base::Result<std::vector<std::int64_t>> ShelfKeeper::logistic_ids() {
  if (!client_.options().logistic_ids.empty()) return client_.options().logistic_ids;
  if (!logistic_ids_.empty()) return logistic_ids_;
  const auto answer = client_.logistics_channels();
  if (!answer) return answer.error();
  logistic_ids_ = usable_logistic_ids(answer.value());
  if (logistic_ids_.empty()) {
    return failed(ErrorCode::invalid, "the shop has no delivery channel switched on");
  }
  return logistic_ids_;
}

base::Status ShelfKeeper::put(const std::string& item_id, const std::string& status, Shelf wanted) {
  std::string now = status;
  if (now.empty()) {
    const auto item = reads_.item(item_id);
    const bool gone = !item && item.error().code == ErrorCode::not_found;
    if (gone && wanted == Shelf::unlisted) return base::Done{};
    if (!item) return item.error();
    now = item.value().listing.remote_status;
  }
  const bool on_sale = now == "NORMAL";
  const bool movable = on_sale || now == "UNLIST";
  if (!movable || on_sale == (wanted == Shelf::listed)) return base::Done{};

  const auto answer = client_.unlist_item(unlist_body(item_id, wanted));
  if (!answer) return answer.error();
  if (const auto verdict = list_verdict(answer.value().body); verdict.refused) {
    return *verdict.refused;
  }
  if (answer.value().error) return *answer.value().error;
  return base::Done{};
}

}  // namespace connectors::shopee
