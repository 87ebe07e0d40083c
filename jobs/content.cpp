#include "jobs/content.h"

#include <algorithm>

#include "base/digest.h"
#include "base/time_text.h"
#include "catalog/listing_content.h"

namespace jobs {
namespace {

// The content a withdrawn listing "has": different from any fingerprint, so the change is sent.
constexpr std::string_view kWithdrawnContent = "withdrawn";

base::Error missing(const catalog::Sku& sku, const std::string& what) {
  return {base::ErrorCode::rejected, sku.text + ": " + what, {}, {}};
}

struct Source {
  catalog::Variant variant;
  catalog::Product product;
  catalog::Producer producer;
};

std::optional<Source> load(Tables& tables, const catalog::Sku& sku) {
  auto& products = tables.catalog.products;
  const auto variant = products.variant(sku);
  if (!variant) return std::nullopt;
  const auto product = products.product(variant->product);
  if (!product) return std::nullopt;
  const auto producer = products.producer(product->producer);
  if (!producer) return std::nullopt;
  return Source{*variant, *product, *producer};
}

std::string wanted_hash(const Source& source, base::Instant now) {
  return catalog::content_fingerprint(source.producer, source.product, source.variant,
                                      base::local_date(now));
}

connectors::ListingContent assemble(const Source& source, const Services& services,
                                    const catalog::Listing& listing, base::Instant now) {
  const auto& [variant, product, producer] = source;
  connectors::ListingContent content;
  content.sku = variant.sku;
  content.binding = listing.binding;
  content.product = product.id;
  content.product_name = product.name;
  content.pack_name = variant.name;
  content.title = {catalog::title(product.name.vi, variant.name.vi),
                   catalog::title(product.name.en, variant.name.en)};
  content.description = product.description;
  content.category = product.category;
  content.producer_name = producer.name_vi;
  content.unit_vi = variant.unit_vi;
  content.net_weight_g = variant.net_weight_g;
  content.package_weight_g = variant.package_weight_g;
  content.length_cm = variant.length_cm;
  content.width_cm = variant.width_cm;
  content.height_cm = variant.height_cm;
  content.gtin = variant.gtin;
  const std::string today = base::local_date(now);
  std::copy_if(product.certificates.begin(), product.certificates.end(),
               std::back_inserter(content.certificates),
               [&](const auto& certificate) { return is_shown_on(certificate, today); });
  for (const auto& image : product.images) {
    const bool absolute = image.starts_with('/') || services.image_root.empty();
    content.image_files.push_back(absolute ? image : services.image_root + "/" + image);
  }
  content.price = listing.price.minor;
  content.visible = listing.state != catalog::ListingState::withdrawn;
  content.featured_rank = listing.featured_rank;
  return content;
}

connectors::OurFields fields_of(const Source& source, const connectors::ListingContent& content) {
  const auto& [variant, product, producer] = source;
  connectors::OurFields fields = {{"origin", product.origin},
                                  {"producer", producer.name_vi},
                                  {"storage", std::string(to_string(product.storage))},
                                  {"ingredients", product.ingredients},
                                  {"usage", product.usage},
                                  {"warnings", product.warnings},
                                  {"unit", variant.unit_vi}};
  if (product.shelf_life_days > 0) {
    fields["shelf_life_days"] = std::to_string(product.shelf_life_days);
  }
  if (variant.net_weight_g > 0) fields["net_weight_g"] = std::to_string(variant.net_weight_g);
  for (const auto& certificate : content.certificates) {
    fields.emplace("certificate", certificate.kind);
    if (certificate.stars > 0) fields.emplace("ocop_stars", std::to_string(certificate.stars));
  }
  return fields;
}

std::string_view map_part_of(std::string_view content_hash) {
  const auto dot = content_hash.find('.');
  return dot == std::string_view::npos ? std::string_view{} : content_hash.substr(dot);
}

// Fields apart that could run into each other.
void add(std::string& text, std::string_view field) {
  text += std::to_string(field.size());
  text += ':';
  text += field;
}

void resolve(connectors::ListingContent& content, const Source& source,
             const connectors::ChannelMaps& maps) {
  const auto category = maps.categories.find(content.category);
  if (category != maps.categories.end()) content.category_remote_id = category->second.remote_id;
  content.attributes =
      connectors::resolve_attributes(maps, content.category, fields_of(source, content));
}

// What the maps make of a listing now; nothing when it is as it was.
std::optional<catalog::Listing> mapped_anew(Tables& tables, const Channel& channel,
                                            const Services& services, catalog::Listing listing,
                                            base::Instant now) {
  const auto source = load(tables, listing.sku);
  if (!source || listing.state == catalog::ListingState::withdrawn) return std::nullopt;
  auto content = assemble(*source, services, listing, now);
  resolve(content, *source, channel.maps);
  auto hash = with_map_part(listing.content_hash, content);
  if (hash == listing.content_hash) return std::nullopt;
  listing.content_hash = std::move(hash);
  return listing;
}

}  // namespace

std::string with_map_part(const std::string& content_hash,
                          const connectors::ListingContent& content) {
  constexpr std::size_t kDigits = 16;
  std::string text;
  add(text, content.category_remote_id);
  for (const auto& attribute : content.attributes) {
    for (const auto& field :
         {attribute.remote_id, attribute.remote_value_id, attribute.text, attribute.unit}) {
      add(text, field);
    }
  }
  return content_hash.substr(0, content_hash.find('.')) + '.' +
         base::fingerprint(text).substr(0, kDigits);
}

std::string fingerprint_of(const connectors::ChannelMaps& maps) {
  std::string text;
  for (const auto& [ours, theirs] : maps.categories) {
    add(text, ours);
    add(text, theirs.remote_id);
  }
  for (const auto& rule : maps.attributes) {
    for (const auto& field :
         {rule.category, rule.ours, rule.value, rule.remote_id, rule.remote_value_id, rule.unit}) {
      add(text, field);
    }
  }
  return base::fingerprint(text);
}

void apply_maps(Services& services, const Channel& channel) {
  constexpr std::size_t kPage = 500;  // listings a transaction
  const auto wanted = fingerprint_of(channel.maps);
  std::optional<std::string> applied;
  services.store.read([&](Tables& tables) { applied = tables.maps.applied(channel.account); });
  if (applied == wanted) return;
  catalog::Sku after;
  for (bool more = true; more;) {
    services.store.write([&](Tables& tables) {
      const auto now = services.clock.now();
      auto& listings = tables.catalog.listings;
      bool changed = false;
      const auto page = listings.listings(channel.account, after, kPage);
      for (const auto& listing : page) {
        auto anew = mapped_anew(tables, channel, services, listing, now);
        if (!anew) continue;
        const bool shown = listing.sent_content_hash == listing.content_hash;
        if (!applied && shown) {
          anew->sent_content_hash = anew->content_hash;
        } else if (listing.state == catalog::ListingState::held) {
          anew->state =
              listing.binding.empty() ? catalog::ListingState::wanted : catalog::ListingState::live;
          anew->held_reason.clear();
        }
        changed = true;
        listings.put(*anew);
      }
      if (changed)
        tables.catalog.outbox.announce(catalog::ChangeKind::content, channel.account, now);
      more = page.size() == kPage;
      if (more) {
        after = page.back().sku;
      } else {
        tables.maps.put(channel.account, wanted);
      }
    });
  }
}

base::Result<connectors::ListingContent> build_content(Tables& tables, const Channel& channel,
                                                       const Services& services,
                                                       const catalog::Listing& listing,
                                                       base::Instant now) {
  const auto source = load(tables, listing.sku);
  if (!source) return missing(listing.sku, "the catalogue has no complete product for this SKU");
  auto content = assemble(*source, services, listing, now);
  const auto capabilities = channel.connector->capabilities();
  if (capabilities.needs_image && content.image_files.empty()) {
    return missing(listing.sku, "the channel needs a picture and the product has none");
  }
  if (content.price <= 0) return missing(listing.sku, "the variant has no price");
  resolve(content, *source, channel.maps);
  if (content.category_remote_id.empty() && !channel.maps.categories.empty()) {
    return missing(listing.sku, "the category map has no entry for \"" + content.category + "\"");
  }
  return content;
}

int refresh_listings(Tables& tables, const catalog::Sku& sku, base::Instant now) {
  const auto source = load(tables, sku);
  if (!source) return 0;
  const auto fingerprint = wanted_hash(*source, now);
  int changed = 0;
  for (const auto& account : tables.catalog.listings.accounts()) {
    auto listing = tables.catalog.listings.listing(account.id, sku);
    if (!listing || listing->state == catalog::ListingState::withdrawn) continue;
    const auto price = catalog::price_on(account.price_rule, source->variant.price);
    const auto hash = fingerprint + std::string(map_part_of(listing->content_hash));
    const bool content_changed = listing->content_hash != hash;
    const bool price_changed = !(listing->price == price);
    if (!content_changed && !price_changed) continue;
    listing->content_hash = hash;
    listing->price = price;
    if (listing->state == catalog::ListingState::held) {
      listing->state =
          listing->binding.empty() ? catalog::ListingState::wanted : catalog::ListingState::live;
      listing->held_reason.clear();
    }
    tables.catalog.listings.put(*listing);
    auto& outbox = tables.catalog.outbox;
    if (content_changed) outbox.announce(catalog::ChangeKind::content, account.id, now);
    if (price_changed) outbox.announce(catalog::ChangeKind::price, account.id, now);
    ++changed;
  }
  return changed;
}

bool want_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                  base::Instant now) {
  const auto source = load(tables, sku);
  if (!source) return false;
  auto& listings = tables.catalog.listings;
  auto listing = listings.listing(account.id, sku);
  const bool withdrawn = listing && listing->state == catalog::ListingState::withdrawn;
  const bool held = listing && listing->state == catalog::ListingState::held;
  if (listing && !withdrawn && !held) return false;
  if (!listing) {
    listing.emplace();
    listing->account = account.id;
    listing->sku = sku;
  }
  listing->state =
      listing->binding.empty() ? catalog::ListingState::wanted : catalog::ListingState::live;
  listing->held_reason.clear();
  listing->content_hash = wanted_hash(*source, now);
  if (held) listing->sent_content_hash.clear();
  listing->price = catalog::price_on(account.price_rule, source->variant.price);
  listings.put(*listing);
  if (!listings.stock(account.id, sku)) {
    catalog::ListingStock stock;
    stock.account = account.id;
    stock.sku = sku;
    listings.put(stock);
  }
  tables.catalog.outbox.announce(catalog::ChangeKind::content, account.id, now);
  return true;
}

bool withdraw_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                      base::Instant now) {
  auto& listings = tables.catalog.listings;
  auto listing = listings.listing(account.id, sku);
  if (!listing || listing->state == catalog::ListingState::withdrawn) return false;
  listing->state = catalog::ListingState::withdrawn;
  listing->content_hash = kWithdrawnContent;
  if (listing->binding.empty()) listing->sent_content_hash = kWithdrawnContent;
  listings.put(*listing);
  tables.catalog.outbox.announce(catalog::ChangeKind::content, account.id, now);
  return true;
}

}  // namespace jobs
