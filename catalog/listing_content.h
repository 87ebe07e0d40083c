#pragma once
// What makes two listings the same to a buyer, price and stock apart.
#include <string>
#include <string_view>

#include "catalog/producer.h"
#include "catalog/product.h"

namespace catalog {

// Fingerprint of every text, picture name, weight and paper shown on `local_day`: an expiring
// certificate changes it by itself.
std::string content_fingerprint(const Producer& producer, const Product& product,
                                const Variant& variant, std::string_view local_day);

// "Thanh long ruột đỏ Dương Xuân - Hộp 5 kg"
std::string title(std::string_view product_name, std::string_view variant_name);

}  // namespace catalog
