#pragma once
// One SKU of a stock or price call, the XML of many, and whom `detail` means when it is refused.
// Pure. Errors: none. Threads: safe.
// Source: Lazada Open Platform, "Inventory management", 2025-12.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "connectors/lazada/client.h"
#include "connectors/messages.h"

namespace connectors::lazada {

// A special price with its window, "2026-12-01 00:00" local.
struct SpecialPrice {
  std::int64_t price = 0;
  std::string from;
  std::string to;
};

struct SkuRow {
  std::size_t index = 0;  // in the caller's batch
  catalog::Binding binding;
  catalog::Sku sku;
  std::int64_t amount = 0;              // units, signed change or đồng, as the call means it
  std::optional<SpecialPrice> special;  // set_special only
};
std::string sku_rows_xml(SkuWrite write, std::span<const SkuRow> rows);

// What `detail` says of the rows of a refused call, by position in `rows`. `complete` is false when
// a row of `detail` fits none of them, or several: then nothing is known of the others.
struct Refusals {
  std::vector<std::pair<std::size_t, base::Error>> rows;
  bool complete = false;
};
Refusals refusals(const common::Json& answer, std::span<const SkuRow> rows);

}  // namespace connectors::lazada
