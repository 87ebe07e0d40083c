#pragma once
// A connector's fixtures/<case>/{request,response,expected}.json, and our types as JSON to compare
// with. One test walks the folders: a new case needs no code.
//   request   {"call": which mapping, …what we sent or asked}
//   response  what the vendor answered, as a file: any bytes
//   expected  our side of it
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace contract {

using connectors::common::Json;
namespace json = connectors::common;

struct MappingCase {
  std::string name;
  Json request;
  std::string response_text;
  Json response;  // null when the text is no JSON
  Json expected;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline std::vector<MappingCase> mapping_cases(const std::string& folder) {
  std::vector<MappingCase> cases;
  const std::filesystem::path root{std::string{NONGSAN_SOURCE_ROOT} + "/" + folder};
  for (const auto& entry : std::filesystem::directory_iterator{root}) {
    MappingCase one;
    one.name = entry.path().filename().string();
    auto request = json::parse_json(read_text(entry.path() / "request.json"));
    auto expected = json::parse_json(read_text(entry.path() / "expected.json"));
    EXPECT_TRUE(request.ok() && expected.ok()) << one.name;
    if (!request || !expected) continue;
    one.request = std::move(request).value();
    one.expected = std::move(expected).value();
    one.response_text = read_text(entry.path() / "response.json");
    auto response = json::parse_json(one.response_text);
    if (response) one.response = std::move(response).value();
    cases.push_back(std::move(one));
  }
  std::sort(cases.begin(), cases.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return cases;
}

inline Json dump(const catalog::OrderLine& line) {
  return json::json_object({{"line", json::json_string(line.remote_line_id)},
                            {"item", json::json_string(line.remote_item_id)},
                            {"unit", json::json_string(line.remote_unit_id)},
                            {"sku", json::json_string(line.sku.text)},
                            {"name", json::json_string(line.name)},
                            {"quantity", json::json_number(line.quantity)},
                            {"cancelled", json::json_number(line.cancelled)},
                            {"unit_price", json::json_number(line.unit_price.minor)}});
}

inline Json dump(const catalog::Order& order) {
  std::vector<Json> lines;
  for (const auto& line : order.lines) lines.push_back(dump(line));
  return json::json_object({{"id", json::json_string(order.remote_id)},
                            {"status", json::json_string(catalog::to_string(order.status))},
                            {"remote_status", json::json_string(order.remote_status)},
                            {"created_at", json::json_string(base::utc_iso(order.created_at))},
                            {"updated_at", json::json_string(base::utc_iso(order.updated_at))},
                            {"goods", json::json_number(order.goods.minor)},
                            {"shipping", json::json_number(order.shipping.minor)},
                            {"total", json::json_number(order.total.minor)},
                            {"lines", json::json_array(std::move(lines))}});
}

inline Json dump(const connectors::RemoteListing& listing) {
  return json::json_object({{"sku", json::json_string(listing.sku.text)},
                            {"item", json::json_string(listing.binding.item_id)},
                            {"unit", json::json_string(listing.binding.unit_id)},
                            {"title", json::json_string(listing.title)},
                            {"stock", json::json_number(listing.stock)},
                            {"price", json::json_number(listing.price)},
                            {"visible", json::json_flag(listing.visible)},
                            {"remote_status", json::json_string(listing.remote_status)}});
}

inline Json dump(const base::Error& error) {
  return json::json_string(std::string{base::to_string(error.code)} + ": " + error.message);
}

template <typename Value>
Json dump(const std::vector<Value>& values) {
  std::vector<Json> out;
  for (const auto& value : values) out.push_back(dump(value));
  return json::json_array(std::move(out));
}

inline std::vector<std::string> texts(const Json& value, std::string_view name) {
  std::vector<std::string> out;
  for (const Json& one : json::items(value, name)) out.push_back(json::text_of(one));
  return out;
}

inline connectors::ListingContent content_of(const Json& value) {
  const auto number = [&](std::string_view name) {
    return static_cast<int>(json::integer(value, name).value_or(0));
  };
  connectors::ListingContent content;
  content.sku = catalog::Sku{json::text(value, "sku")};
  content.binding = {json::text(value, "item"), json::text(value, "unit")};
  content.title.vi = json::text(value, "title");
  content.description.vi = json::text(value, "description");
  content.category_remote_id = json::text(value, "category");
  content.producer_name = json::text(value, "producer");
  content.net_weight_g = number("net_weight_g");
  content.package_weight_g = number("package_weight_g");
  content.length_cm = number("length_cm");
  content.width_cm = number("width_cm");
  content.height_cm = number("height_cm");
  for (const Json& row : json::items(value, "certificates")) {
    content.certificates.push_back({json::text(row, "kind"), json::text(row, "number"),
                                    json::text(row, "issuer"), "", "",
                                    static_cast<int>(json::integer(row, "stars").value_or(0))});
  }
  content.image_files = {"picture.jpg"};
  content.price = json::integer(value, "price").value_or(0);
  content.initial_stock = json::integer(value, "stock").value_or(0);
  content.visible = json::flag(value, "visible").value_or(true);
  return content;
}

}  // namespace contract
