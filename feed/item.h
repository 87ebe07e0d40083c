#pragma once
// One offer of the product feed, as the file says it: every text is final. Money is integer đồng.
// Threads: values. Source: Google Merchant Center, "Product data specification" and "RSS 2.0
// specification", as other portals read them too (read 2026-11).
#include <string>
#include <string_view>
#include <vector>

#include "catalog/money.h"

namespace feed {

enum class Availability { in_stock, out_of_stock };
std::string_view to_string(Availability availability);

struct Item {
  std::string id;           // our SKU
  std::string title;        // plain, one line
  std::string description;  // plain
  std::string link;         // page where it is sold
  std::string image_link;
  std::vector<std::string> more_images;
  Availability availability = Availability::out_of_stock;
  catalog::Money price;
  std::string brand;
  std::string gtin;                  // empty unless its check digit holds
  std::string product_type;          // "Trái cây > Trái cây sấy"
  std::string unit_pricing_measure;  // "500 g"; empty: not sold by weight
  std::string unit_pricing_base_measure;
  std::string shipping_weight;      // "0.55 kg"
  std::string expiration_date;      // "2026-12-01T23:59:59+07:00"; empty: none
  std::vector<std::string> labels;  // custom_label_0 and on, at most five

  bool operator==(const Item&) const = default;
};

}  // namespace feed
