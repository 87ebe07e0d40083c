#pragma once
// Shopee's JSON and our types, both ways. Pure: no clock, no network, no state.
//
//   item_id   Binding::item_id, decimal digits whatever their number
//   model_id  Binding::unit_id; empty for an item without variants (model 0 on the wire)
//   price     list price (`original_price`), whole đồng
//   stock     `total_available_stock`: what buyers can buy now
//   time      Unix seconds
// Scalars are read from numbers or strings alike. What cannot be read is left out and named in the
// result, never guessed. Nothing here throws. Threads: safe.
// Source: Open Platform API v2, reference as of 2026-08-18.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace connectors::shopee {

inline constexpr std::size_t kTitleMax = 120;
inline constexpr std::size_t kDescriptionMax = 3'000;  // code points; VN allows at least this
inline constexpr std::size_t kImagesMax = 9;

// What add_item cannot do without; nothing when the content has it all.
std::optional<base::Error> problem_with(const ListingContent& content);

// Bodies as they go out.
std::string add_item_body(const ListingContent& content, std::span<const std::string> image_ids,
                          std::span<const std::int64_t> logistic_ids);
std::string update_item_body(const ListingContent& content, std::span<const std::string> image_ids);
enum class Shelf { listed, unlisted };
std::string unlist_body(const std::string& item_id, Shelf shelf);
std::string stock_body(const StockUpdate& update);
std::string price_body(const PriceUpdate& update);

// Empty when the answer names none.
std::string created_item_id(const common::Json& answer);
std::string uploaded_image_id(const common::Json& answer);
std::string item_status(const common::Json& answer);
// Of the channels that a listing may use.
std::vector<std::int64_t> usable_logistic_ids(const common::Json& answer);

// What a success_list and failure_list say of one item: nothing means neither names it.
struct ListVerdict {
  bool accepted = false;
  std::optional<base::Error> refused;
};
ListVerdict list_verdict(const common::Json& answer);

struct IdPage {
  std::vector<std::string> ids;
  std::string next;  // empty: that was the last page
};
IdPage item_ids(const common::Json& answer);   // get_item_list
IdPage found_ids(const common::Json& answer);  // search_item
IdPage order_sns(const common::Json& answer);  // get_order_list

// get_item_base_info; deleted items are left out.
std::vector<RemoteListing> listings(const common::Json& answer);

// get_order_detail; an order that cannot be used is named in `unreadable`.
struct ReadOrders {
  std::vector<catalog::Order> orders;
  std::vector<std::string> seen;  // every order_sn in the answer, readable or not
  std::vector<base::Error> unreadable;
};
ReadOrders orders(const common::Json& answer);

}  // namespace connectors::shopee
