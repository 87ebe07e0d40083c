#include "feed/gather.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/time_text.h"
#include "catalog/listing_content.h"

namespace feed {
namespace {

// "a b/ễ" -> "a%20b/%E1%BB%85": what a path may hold stays.
std::string path_escaped(std::string_view text, bool keep_slashes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || (c == '/' && keep_slashes);
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0x0FU];
    }
  }
  return out;
}

bool replace(std::string& text, std::string_view what, const std::string& with) {
  const auto at = text.find(what);
  if (at == std::string::npos) return false;
  text.replace(at, what.size(), with);
  return true;
}

std::string link_of(const Options& options, const catalog::Variant& variant) {
  auto link = options.link_base;
  if (link.empty()) return link;
  const bool by_sku = replace(link, "{sku}", path_escaped(variant.sku.text, false));
  const bool by_product = replace(link, "{product}", path_escaped(variant.product.text, false));
  return by_sku || by_product ? link : link + path_escaped(variant.sku.text, false);
}

std::string image_of(const Options& options, const std::string& image) {
  if (image.starts_with("https://") || image.starts_with("http://")) return image;
  if (options.images_base.empty() || image.empty()) return {};
  // The import keeps where it found the file; on the web only its name counts.
  const auto name =
      image.starts_with('/') ? std::string_view(image).substr(image.rfind('/') + 1) : image;
  return options.images_base + (options.images_base.ends_with('/') ? "" : "/") +
         path_escaped(name, true);
}

class Gather {
 public:
  Gather(catalog::Tables& tables, const Options& options, base::Instant now)
      : tables_(tables), options_(options), now_(now), today_(base::local_date(now)) {
    for (auto& account : tables_.listings.accounts()) {
      const bool ours = options_.account.empty() || account.id.text == options_.account;
      if (ours) accounts_.push_back(std::move(account));
    }
    for (auto& product : tables_.products.products()) {
      const auto id = product.id;
      products_.emplace(id, std::move(product));
    }
  }

  Gathered run() {
    for (const auto& variant : tables_.products.variants()) {
      const auto product = products_.find(variant.product);
      if (product == products_.end() || withdrawn(variant.sku)) continue;
      auto item = item_of(variant, product->second);
      if (auto flaw = flaw_of(item)) {
        out_.left_out.push_back({variant.sku.text, *std::move(flaw)});
      } else {
        out_.items.push_back(std::move(item));
      }
    }
    return std::move(out_);
  }

 private:
  bool withdrawn(const catalog::Sku& sku) {
    bool listed = false;
    for (const auto& account : accounts_) {
      const auto listing = tables_.listings.listing(account.id, sku);
      if (!listing) continue;
      if (listing->state != catalog::ListingState::withdrawn) return false;
      listed = true;
    }
    return listed;
  }

  Item item_of(const catalog::Variant& variant, const catalog::Product& product) {
    Item item;
    item.id = variant.sku.text;
    item.title = plain_text(catalog::title(product.name.vi, variant.name.vi), kTitleMax);
    item.description = plain_text(product.description.vi, kDescriptionMax);
    item.link = link_of(options_, variant);
    for (const auto& image : product.images) {
      auto url = image_of(options_, image);
      if (url.empty()) continue;
      if (item.image_link.empty()) {
        item.image_link = std::move(url);
      } else if (item.more_images.size() < kMoreImagesMax) {
        item.more_images.push_back(std::move(url));
      }
    }
    item.availability = packs(variant) > 0 ? Availability::in_stock : Availability::out_of_stock;
    item.price = price_of(variant);
    item.brand = plain_text(brand_of(product.producer), kBrandMax);
    if (is_gtin(variant.gtin)) item.gtin = variant.gtin;
    const auto words = options_.category_names.find(product.category);
    item.product_type = plain_text(
        words == options_.category_names.end() ? spaced(product.category) : words->second,
        kProductTypeMax);
    if (const auto pricing = unit_pricing(variant.net_weight_g)) {
      item.unit_pricing_measure = pricing->measure;
      item.unit_pricing_base_measure = pricing->base;
    }
    item.shipping_weight = weight_text(variant.package_weight_g);
    item.expiration_date = expiration(last_good_day(variant), now_);
    add_labels(item, product);
    return item;
  }

  catalog::Money price_of(const catalog::Variant& variant) const {
    if (options_.account.empty() || accounts_.empty()) return variant.price;
    return catalog::price_on(accounts_.front().price_rule, variant.price);
  }

  // "fruit/dried" -> "fruit > dried"
  static std::string spaced(const std::string& path) {
    std::string out;
    for (const char c : path) out += c == '/' ? std::string(" > ") : std::string(1, c);
    return out;
  }

  const std::string& brand_of(const catalog::ProducerId& id) {
    const auto known = brands_.find(id);
    if (known != brands_.end()) return known->second;
    const auto producer = tables_.products.producer(id);
    return brands_.emplace(id, producer ? producer->name_vi : std::string{}).first->second;
  }

  const catalog::PoolBalance& balance_of(const catalog::PoolId& id) {
    const auto known = balances_.find(id);
    if (known != balances_.end()) return known->second;
    return balances_.emplace(id, tables_.stock.balance(id, today_)).first->second;
  }

  std::int64_t packs(const catalog::Variant& variant) {
    if (variant.recipe.empty()) return 0;
    auto fewest = std::numeric_limits<std::int64_t>::max();
    for (const auto& part : variant.recipe) {
      const auto& balance = balance_of(part.pool);
      const auto free = balance.sellable() - balance.reserved;
      fewest = std::min(fewest, free / std::max<std::int64_t>(1, part.base_units));
    }
    return fewest - (variant.policy == catalog::StockPolicy::buffer ? variant.buffer_packs : 0);
  }

  // The last day on which some of every pool is still good; empty where a lot has no end.
  std::string last_good_day(const catalog::Variant& variant) {
    std::string first;
    for (const auto& part : variant.recipe) {
      std::string last;
      for (const auto& lot : tables_.stock.lots(part.pool)) {
        if (lot.quantity <= 0) continue;
        if (lot.expires_on.empty()) return {};
        last = std::max(last, lot.expires_on);
      }
      if (last.empty()) continue;
      first = first.empty() ? last : std::min(first, last);
    }
    return first;
  }

  // What a department groups by: stars that may be shown today, and where it comes from.
  void add_labels(Item& item, const catalog::Product& product) {
    const auto add = [&](const std::string& text) {
      auto label = plain_text(text, kLabelMax);
      if (!label.empty() && item.labels.size() < kLabelsMax)
        item.labels.push_back(std::move(label));
    };
    for (const auto& certificate : product.certificates) {
      if (!catalog::is_shown_on(certificate, today_)) continue;
      const bool starred = certificate.kind == "OCOP" && certificate.stars > 0;
      add(starred ? "OCOP " + std::to_string(certificate.stars) + " sao" : certificate.kind);
    }
    add(product.origin);
  }

  catalog::Tables& tables_;
  const Options& options_;
  const base::Instant now_;
  const std::string today_;
  std::vector<catalog::Account> accounts_;
  std::map<catalog::ProductId, catalog::Product> products_;
  std::map<catalog::ProducerId, std::string> brands_;
  std::map<catalog::PoolId, catalog::PoolBalance> balances_;
  Gathered out_;
};

}  // namespace

Gathered gather(catalog::Tables& tables, const Options& options, base::Instant now) {
  return Gather(tables, options, now).run();
}

}  // namespace feed
