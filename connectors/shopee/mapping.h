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
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace connectors::shopee {

inline constexpr std::size_t kTitleMax = 120;
inline constexpr std::size_t kDescriptionMax = 3'000;  // code points; VN allows at least this
inline constexpr std::size_t kImagesMax = 9;
// RemoteAttribute::remote_id of the brand, which Shopee keeps apart from the attributes.
inline constexpr std::string_view kBrandAttribute = "brand";

// What add_item cannot do without; nothing when the content has it all.
std::optional<base::Error> problem_with(const ListingContent& content);

// A plain item is one pack; a tiered one holds the packs of a product as models (variants.h).
enum class Shape { plain, tiered };
enum class Shelf { listed, unlisted };

// What a body needs beside the content.
struct ItemParts {
  std::vector<std::string> image_ids;
  std::vector<std::int64_t> logistic_ids;
  std::string location_id;  // empty: the shop has one warehouse
};

// Bodies as they go out. A new tiered item starts unlisted: it is shown once its models are there.
std::string add_item_body(const ListingContent& content, const ItemParts& parts, Shape shape);
std::string update_item_body(const ListingContent& content, const ItemParts& parts, Shape shape);
std::string unlist_body(const std::string& item_id, Shelf shelf);
std::string delete_item_body(const std::string& item_id);
// All updates are of one item, at most kModelsMax.
std::string stock_body(std::span<const StockUpdate> updates, const std::string& location_id);
std::string price_body(std::span<const PriceUpdate> updates);

// Pieces that items and models share. A weight is text until with_weight_numbers() saw the body.
int package_weight_g(const ListingContent& content);
common::Json weight_json(int grams);
common::Json dimension_json(int length_cm, int width_cm, int height_cm);
common::Json stock_buckets(std::int64_t stock, const std::string& location_id);
std::string with_weight_numbers(std::string body);
std::int64_t list_price(const common::Json& item);
std::int64_t available_stock(const common::Json& item);
std::int64_t seller_stock(const common::Json& item);
// As buyers will read it: text, producer and certificates; not cut.
std::string full_description(const ListingContent& content);
std::string item_name(const ListingContent& content, Shape shape);

// Empty when the answer names none.
std::string created_item_id(const common::Json& answer);
std::string uploaded_image_id(const common::Json& answer);
std::string item_status(const common::Json& answer);
// Of the channels that a listing may use.
std::vector<std::int64_t> usable_logistic_ids(const common::Json& answer);

// What a success_list and failure_list say of one unit ("0": the item itself): nothing means
// neither names it.
struct ListVerdict {
  bool accepted = false;
  std::optional<base::Error> refused;
};
ListVerdict list_verdict(const common::Json& answer);  // a call about one item
ListVerdict unit_verdict(const common::Json& answer, const std::string& unit_id);

struct IdPage {
  std::vector<std::string> ids;
  std::string next;  // empty: that was the last page
};
IdPage item_ids(const common::Json& answer);   // get_item_list
IdPage found_ids(const common::Json& answer);  // search_item
IdPage order_sns(const common::Json& answer);  // get_order_list

// get_item_base_info; deleted items are left out. `has_models`: the listing stands for the whole
// item and knows neither price nor stock.
struct ReadItem {
  RemoteListing listing;
  bool has_models = false;
  std::int64_t seller_stock = 0;
};
std::vector<ReadItem> read_items(const common::Json& answer);
// get_item_violation_info: why Shopee took an item off, by item id.
std::map<std::string, std::string> violations(const common::Json& answer);

// get_order_detail; an order that cannot be used is named in `unreadable`.
struct ReadOrders {
  std::vector<catalog::Order> orders;
  std::vector<std::string> seen;  // every order_sn in the answer, readable or not
  std::vector<base::Error> unreadable;
};
ReadOrders orders(const common::Json& answer);
// OrderLine::remote_line_id of an item_list row: item, model and row.
std::string order_line_id(const common::Json& item);

}  // namespace connectors::shopee
