#include "app/open_data/place_export.h"
#include "connectors/common/json.h"

namespace app::open_data {
namespace {

namespace cc = connectors::common;
using Members = std::vector<std::pair<std::string, cc::Json>>;
using Names = std::map<std::string, const catalog::Product*>;

void add(Members& members, const char* name, const std::string& text) {
  if (!text.empty()) members.emplace_back(name, cc::json_string(text));
}

void add(Members& members, const char* name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  std::vector<cc::Json> out;
  out.reserve(texts.size());
  for (const auto& text : texts) out.push_back(cc::json_string(text));
  members.emplace_back(name, cc::json_array(std::move(out)));
}

const char* type_of(catalog::PlaceKind kind) {
  switch (kind) {
    case catalog::PlaceKind::restaurant:
      return "Restaurant";
    case catalog::PlaceKind::cafe:
      return "CafeOrCoffeeShop";
    case catalog::PlaceKind::shop:
      return "Store";
    case catalog::PlaceKind::market:
      return "GroceryStore";
    case catalog::PlaceKind::farm:
      return "LocalBusiness";
    case catalog::PlaceKind::lodging:
      return "LodgingBusiness";
  }
  return "LocalBusiness";
}

bool serves_food(catalog::PlaceKind kind) {
  return kind == catalog::PlaceKind::restaurant || kind == catalog::PlaceKind::cafe;
}

cc::Json to_address(const std::string& street, const catalog::Ward& ward) {
  Members members{{"@type", cc::json_string("PostalAddress")}};
  add(members, "streetAddress", street);
  add(members, "addressLocality", ward.name);
  add(members, "addressRegion", ward.province_name);
  members.emplace_back("addressCountry", cc::json_string("VN"));
  return cc::json_object(members);
}

cc::Json to_product(const catalog::Product& product) {
  Members members{{"@type", cc::json_string("Product")}};
  members.emplace_back("@id", cc::json_string("urn:nongsan:product:" + product.id.text));
  add(members, "name", product.name.vi);
  add(members, "alternateName", product.name.en);
  return cc::json_object(members);
}

void add_offers(Members& members, const std::vector<const catalog::Product*>& products) {
  if (products.empty()) return;
  std::vector<cc::Json> offers;
  for (const auto* product : products) {
    offers.push_back(cc::json_object(
        {{"@type", cc::json_string("Offer")}, {"itemOffered", to_product(*product)}}));
  }
  members.emplace_back("makesOffer", cc::json_array(std::move(offers)));
}

cc::Json to_json(const catalog::Place& place, const Names& names) {
  Members members{{"@type", cc::json_string(type_of(place.kind))}};
  members.emplace_back("@id", cc::json_string("urn:nongsan:place:" + place.id.text));
  add(members, "name", place.name.vi);
  add(members, "alternateName", place.name.en);
  add(members, "description", place.description.vi);
  members.emplace_back("address", to_address(place.address, place.ward));
  if (place.point) {
    members.emplace_back(
        "geo",
        cc::json_object(
            {{"@type", cc::json_string("GeoCoordinates")},
             {"latitude", cc::json_string(catalog::degrees_text(place.point->latitude))},
             {"longitude", cc::json_string(catalog::degrees_text(place.point->longitude))}}));
  }
  add(members, "telephone", place.phone);
  add(members, "openingHours", place.opening_hours);
  if (serves_food(place.kind)) add(members, "servesCuisine", place.cuisines);
  add(members, "priceRange", place.price_range);
  add(members, "url", place.website);
  add(members, "image", place.image);
  std::vector<const catalog::Product*> products;
  for (const auto& id : place.specialities) {
    if (const auto found = names.find(id.text); found != names.end()) {
      products.push_back(found->second);
    }
  }
  add_offers(members, products);
  return cc::json_object(members);
}

bool is_person(const catalog::Producer& producer) {
  return producer.kind == catalog::ProducerKind::household ||
         producer.kind == catalog::ProducerKind::individual;
}

cc::Json to_json(const catalog::Producer& producer, const Catalogue& catalogue) {
  const bool person = is_person(producer);
  Members members{{"@type", cc::json_string(person ? "Organization" : "LocalBusiness")}};
  members.emplace_back("@id", cc::json_string("urn:nongsan:producer:" + producer.id.text));
  add(members, "name", producer.name_vi);
  add(members, "alternateName", producer.name_en);
  members.emplace_back("address",
                       to_address(person ? std::string{} : producer.address, producer.ward));
  if (!person) add(members, "telephone", producer.phone);
  std::vector<const catalog::Product*> made;
  for (const auto& product : catalogue.products) {
    if (product.producer == producer.id) made.push_back(&product);
  }
  add_offers(members, made);
  return cc::json_object(members);
}

}  // namespace

std::string to_json_ld(const Catalogue& catalogue) {
  Names names;
  for (const auto& product : catalogue.products) names.emplace(product.id.text, &product);
  std::vector<cc::Json> graph;
  for (const auto& place : catalogue.places) graph.push_back(to_json(place, names));
  for (const auto& producer : catalogue.producers) graph.push_back(to_json(producer, catalogue));
  return cc::to_text(cc::json_object({{"@context", cc::json_string("https://schema.org")},
                                      {"@graph", cc::json_array(std::move(graph))}}));
}

}  // namespace app::open_data
