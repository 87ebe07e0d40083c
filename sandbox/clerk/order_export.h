#pragma once
// The order list as a marketplace's back office exports it: one row per line, order sums repeated.
#include <filesystem>
#include <string>
#include <vector>

#include "sandbox/clerk/clerk.h"
#include "sandbox/orders.h"

namespace sandbox {

// UTF-8 with BOM, comma separated.
std::string export_text(const std::vector<const PlacedOrder*>& orders, ExportStyle style);
// orders-<day>-NN.csv with the first free number, beside and renamed. Gives the name; throws
// std::runtime_error when it cannot be written.
std::string write_export(const std::filesystem::path& folder, const std::string& day,
                         const std::string& text);

}  // namespace sandbox
