#pragma once
// Places and producers as open data: one schema.org JSON-LD document, or one CSV table that
// `import` takes again. Only what is public goes out: of households and individuals neither
// telephone nor street, of nobody tax code or bank. Pure. Threads: safe.
//   text     UTF-8; Vietnamese, English as alternateName
//   numbers  coordinates as decimal degrees
// Source: schema.org 29.0 (LocalBusiness, Restaurant, PostalAddress, GeoCoordinates, OfferCatalog);
// JSON-LD 1.1; RFC 4180.
#include <map>
#include <span>
#include <string>

#include "catalog/place.h"
#include "catalog/producer.h"

namespace app::open_data {

struct Catalogue {
  std::span<const catalog::Place> places;
  std::span<const catalog::Producer> producers;
  std::span<const catalog::Product> products;  // named by places and made by producers
};

// {"@context": "https://schema.org", "@graph": [ … ]}, places first, each in id order.
std::string to_json_ld(const Catalogue& catalogue);

// With BOM, "," and CRLF, formula-safe; the columns of docs/import-format.md's places. Producers
// are not in it: a table holds one kind of thing.
std::string places_csv(std::span<const catalog::Place> places);
std::string producers_csv(std::span<const catalog::Producer> producers);

}  // namespace app::open_data
