#include "connectors/shopee/locations.h"

#include <vector>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

using base::ErrorCode;

base::Result<std::string> Locations::id() {
  if (!client_.options().location_id.empty()) return client_.options().location_id;
  if (known_) return *known_;
  const auto answer =
      client_.get("shop/get_warehouse_detail", common::Query{}.add("warehouse_type", "1"));
  const bool has_one = !answer && (answer.error().code == ErrorCode::rejected ||
                                   answer.error().code == ErrorCode::not_found);
  if (!answer && !has_one) return answer.error();
  std::vector<std::string> ids;
  if (const auto* response = answer ? payload(answer.value()) : nullptr) {
    for (const auto& row : common::items_of(*response)) {
      auto id = common::text(row, "location_id");
      if (!id.empty()) ids.push_back(std::move(id));
    }
  }
  if (ids.size() > 1) {
    std::string list;
    for (const auto& id : ids) list += (list.empty() ? "" : ", ") + id;
    return failed(ErrorCode::invalid,
                  "the shop has several warehouses: set the option location_id to one of " + list);
  }
  known_ = ids.empty() ? std::string{} : ids.front();
  return *known_;
}

}  // namespace connectors::shopee
