#pragma once
// The XML of product/create, product/update and product/deactivate, and the texts in it.
// Pure. Errors: none. Threads: safe.
// Source: Lazada Open Platform, "Create a product", "Update a product", 2025-12.
#include <string>
#include <string_view>

#include "connectors/lazada/drafts.h"
#include "connectors/lazada/options.h"
#include "connectors/messages.h"

namespace connectors::lazada {

inline constexpr std::size_t kTitleBytesMax = 255;
inline constexpr std::size_t kDescriptionMax = 20'000;  // code points, before the HTML around them

enum class TitleOf { product, pack };
// Cut to what Lazada takes, without the characters it forbids.
std::string title_of(const ListingContent& content, TitleOf which);
std::string description_of(const ListingContent& content);  // HTML
int weight_g(const ListingContent& content);

// `associated_sku`: SkuId of a pack that is there already; the draft's packs join its product.
std::string create_xml(const ProductDraft& draft, const Options& options,
                       std::string_view associated_sku = {});
// Content of the product and its packs; every pack of the draft is shown again. No price, no stock.
std::string update_xml(const ProductDraft& draft, const Options& options);
std::string deactivate_xml(const std::string& item_id, std::span<const std::string> sku_ids);

}  // namespace connectors::lazada
