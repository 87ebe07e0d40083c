#pragma once
// What tells the SKUs of a product apart: the custom variations of a request and their limits.
// Threads: values. Source: custom sales attributes of the documents.
#include <string>
#include <vector>

#include "sandbox/lazada/payload.h"
#include "sandbox/lazada/records.h"

namespace sandbox::lazada {

inline constexpr std::size_t kVariationsMax = 2;
inline constexpr std::size_t kVariationNameMax = 15;  // characters
inline constexpr std::size_t kOptionsMax = 50;
inline constexpr std::size_t kOptionMax = 20;  // characters

// {"Variation1":{"name",…,"options":[…]},…}
Json read_variation(const Node& product);
// `saleProp`, or elements named as a custom variation, onto the SKU.
void read_props(const Node& node, const Json& variation, Sku& sku);
// The codes of what is wrong with it; empty when nothing is.
std::vector<std::string> variation_problems(const Json& variation, const std::vector<Sku>& skus);

}  // namespace sandbox::lazada
