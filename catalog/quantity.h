#pragma once
// Amounts of goods as people say them, into a pool's integer base units.
//   gram pools: 320kg, 320 kg, 3 tạ 2 (320 kg), 1,5 tấn, 1 tấn rưỡi, 2 yến, 5 lạng, 250g, 250
//   piece pools: 12, 12 con, 12 cái, 12 hộp …
// A bare number is base units. What does not land on a whole base unit, or could be read two ways,
// is refused. Nothing here throws. Threads: safe.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/product.h"

namespace catalog {

std::optional<std::int64_t> parse_quantity(std::string_view text, BaseUnit unit);
// "320 kg", "250 g", "12"
std::string quantity_text(std::int64_t base_units, BaseUnit unit);

}  // namespace catalog
