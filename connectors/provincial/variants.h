#pragma once
// Packs of one product as variations of one variable product; pure.
//
//   parent     name, texts, pictures, category, flag; no SKU, no price, no stock of its own
//   variation  Binding::unit_id; own SKU, price, stock, weight; told apart by one attribute,
//              "Quy cách", whose option is the pack's name
//   mark       kept in the product (`_nongsan_turning`) while it is being made or turned: what the
//              pack was that it stood for. Such a product is a draft, nobody can buy from it; the
//              mark goes when it is back on sale. "publish;40;65000;;TL-1KG"
// Threads: safe. Source: WooCommerce REST API v3, "Product variations" (2026-11).
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/provincial/mapping.h"

namespace connectors::provincial {

inline constexpr std::string_view kPackAttribute = "Quy cách";
inline constexpr std::string_view kTurningKey = "_nongsan_turning";
inline constexpr std::size_t kVariationsMax = 100;  // of one product: one page, one batch

struct Mark {
  bool shown = true;                  // the product was on sale
  std::optional<std::int64_t> stock;  // nothing: not counted, or not known yet
  std::string price;                  // as the store prints them
  std::string sale_price;
  std::string sku;
};
std::string to_text(const Mark& mark);
std::optional<Mark> mark_of(const common::Json& product);
// What the product would stand for as one pack.
Mark mark_from(const common::Json& product);

bool is_variable(const common::Json& product);

// The pack's name as an option: no "|" (it parts options), no tags, no "%41"; the SKU where there
// is no name.
std::string option_of(const ListingContent& content);
std::string option_of(const common::Json& variation);
// Names that no other option bears: the SKU is put behind one that is taken.
std::string unique_option(const std::string& wanted, const std::string& sku,
                          std::span<const std::string> taken);

// The one attribute that the product's packs are told apart by, as {"id"} or {"name"}. Null: it has
// none yet. Nothing: it has more than one, and no pack of ours can be added.
std::optional<common::Json> pack_attribute(const common::Json& product);
// That attribute as the product holds it, with these options.
common::Json pack_attribute_json(const common::Json& attribute,
                                 std::span<const std::string> options);
std::vector<std::string> pack_options(const common::Json& product, const common::Json& attribute);

struct NewPack {
  std::string sku;
  std::string option;
  std::string price;
  std::string sale_price;
  std::optional<std::int64_t> stock;  // nothing: not counted
  bool shown = true;
  const ListingContent* content = nullptr;  // for weight and size; null: the product's own
};
NewPack new_pack(const ListingContent& content);
common::Json variation_json(const NewPack& pack, const common::Json& attribute);
// An update of what is there; price and stock stay as they are, and the option where it is empty.
common::Json variation_update_json(const ListingContent& content, const std::string& id,
                                   const common::Json& attribute, const std::string& option);

// `product` as /products shows it, `variation` as /products/{id}/variations does.
RemoteListing variation_listing(const common::Json& product, const common::Json& variation);
// A product that stands for one pack still, half made: not on sale, with what it will show.
RemoteListing marked_listing(const common::Json& product, const Mark& mark);

const common::Json* variation_with_sku(std::span<const common::Json> variations,
                                       const std::string& sku);
const common::Json* variation_with_id(std::span<const common::Json> variations,
                                      const std::string& id);

}  // namespace connectors::provincial
