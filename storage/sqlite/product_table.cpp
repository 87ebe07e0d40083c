#include "storage/sqlite/product_table.h"

#include "base/text.h"
#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kPutProducer = R"sql(
INSERT INTO producer (id, kind, name_vi, name_en, tax_code, address, ward_scheme, ward_code,
  ward_name, ward_province_code, ward_province_name, ward_as_typed, ward_before_2025, phone,
  bank_bin, bank_number, bank_owner)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name_vi = excluded.name_vi,
  name_en = excluded.name_en, tax_code = excluded.tax_code, address = excluded.address,
  ward_scheme = excluded.ward_scheme, ward_code = excluded.ward_code,
  ward_name = excluded.ward_name, ward_province_code = excluded.ward_province_code,
  ward_province_name = excluded.ward_province_name, ward_as_typed = excluded.ward_as_typed,
  ward_before_2025 = excluded.ward_before_2025, phone = excluded.phone,
  bank_bin = excluded.bank_bin, bank_number = excluded.bank_number,
  bank_owner = excluded.bank_owner, revision = producer.revision + 1
WHERE (producer.kind, producer.name_vi, producer.name_en, producer.tax_code, producer.address,
  producer.ward_scheme, producer.ward_code, producer.ward_name, producer.ward_province_code,
  producer.ward_province_name, producer.ward_as_typed, producer.ward_before_2025, producer.phone,
  producer.bank_bin, producer.bank_number, producer.bank_owner)
  <> (excluded.kind, excluded.name_vi, excluded.name_en, excluded.tax_code, excluded.address,
  excluded.ward_scheme, excluded.ward_code, excluded.ward_name, excluded.ward_province_code,
  excluded.ward_province_name, excluded.ward_as_typed, excluded.ward_before_2025, excluded.phone,
  excluded.bank_bin, excluded.bank_number, excluded.bank_owner)
RETURNING revision)sql";
#define PRODUCER_COLUMNS                                                                       \
  "id, kind, name_vi, name_en, tax_code, address, ward_scheme, ward_code, ward_name, "         \
  "ward_province_code, ward_province_name, ward_as_typed, ward_before_2025, phone, bank_bin, " \
  "bank_number, bank_owner "
constexpr const char* kProducer = "SELECT " PRODUCER_COLUMNS "FROM producer WHERE id = ?";
constexpr const char* kProducers = "SELECT " PRODUCER_COLUMNS "FROM producer ORDER BY id";
#undef PRODUCER_COLUMNS

constexpr const char* kPutProduct = R"sql(
INSERT INTO product (id, producer, name_vi, name_en, name_vi_folded, name_en_folded,
  description_vi, description_en, category, origin, storage, shelf_life_days, ship_hours_max,
  label_class, ingredients, usage_text, warnings)
VALUES (?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET producer = excluded.producer, name_vi = excluded.name_vi,
  name_en = excluded.name_en, name_vi_folded = excluded.name_vi_folded,
  name_en_folded = excluded.name_en_folded, description_vi = excluded.description_vi,
  description_en = excluded.description_en, category = excluded.category,
  origin = excluded.origin, storage = excluded.storage,
  shelf_life_days = excluded.shelf_life_days, ship_hours_max = excluded.ship_hours_max,
  label_class = excluded.label_class, ingredients = excluded.ingredients,
  usage_text = excluded.usage_text, warnings = excluded.warnings,
  revision = product.revision + 1
WHERE product.producer IS DISTINCT FROM excluded.producer
  OR (product.name_vi, product.name_en, product.name_vi_folded, product.name_en_folded,
  product.description_vi, product.description_en, product.category, product.origin,
  product.storage, product.shelf_life_days, product.ship_hours_max, product.label_class,
  product.ingredients, product.usage_text, product.warnings)
  <> (excluded.name_vi, excluded.name_en, excluded.name_vi_folded, excluded.name_en_folded,
  excluded.description_vi, excluded.description_en, excluded.category, excluded.origin,
  excluded.storage, excluded.shelf_life_days, excluded.ship_hours_max, excluded.label_class,
  excluded.ingredients, excluded.usage_text, excluded.warnings)
RETURNING revision)sql";

#define PRODUCT_COLUMNS                                                                      \
  "id, coalesce(producer, ''), name_vi, name_en, description_vi, description_en, category, " \
  "origin, storage, shelf_life_days, ship_hours_max, label_class, ingredients, usage_text, " \
  "warnings "
constexpr const char* kProduct = "SELECT " PRODUCT_COLUMNS "FROM product WHERE id = ?";
constexpr const char* kProducts = "SELECT " PRODUCT_COLUMNS "FROM product ORDER BY id";
constexpr const char* kSearch =
    "SELECT " PRODUCT_COLUMNS
    "FROM product WHERE instr(name_vi_folded, ?1) > 0 OR instr(name_en_folded, ?1) > 0 "
    "OR instr(lower(id), ?1) > 0 "
    "OR id IN (SELECT product FROM variant WHERE instr(lower(sku), ?1) > 0) ORDER BY id LIMIT ?2";
#undef PRODUCT_COLUMNS
constexpr const char* kCertificates =
    "SELECT kind, number, issuer, issued_on, expires_on, stars FROM product_certificate "
    "WHERE product = ? ORDER BY position";
constexpr const char* kImages =
    "SELECT path FROM product_image WHERE product = ? ORDER BY position";
constexpr const char* kDropCertificates = "DELETE FROM product_certificate WHERE product = ?";
constexpr const char* kDropImages = "DELETE FROM product_image WHERE product = ?";
constexpr const char* kAddCertificate =
    "INSERT INTO product_certificate (product, position, kind, number, issuer, issued_on, "
    "expires_on, stars) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kAddImage =
    "INSERT INTO product_image (product, position, path) VALUES (?, ?, ?)";

constexpr const char* kPutPool = R"sql(
INSERT INTO stock_pool (id, producer, unit, name_vi) VALUES (?, nullif(?, ''), ?, ?)
ON CONFLICT (id) DO UPDATE SET producer = excluded.producer, unit = excluded.unit,
  name_vi = excluded.name_vi, revision = stock_pool.revision + 1
WHERE stock_pool.producer IS DISTINCT FROM excluded.producer
  OR (stock_pool.unit, stock_pool.name_vi) <> (excluded.unit, excluded.name_vi)
RETURNING revision)sql";
constexpr const char* kPool =
    "SELECT id, coalesce(producer, ''), unit, name_vi FROM stock_pool WHERE id = ?";
constexpr const char* kPools =
    "SELECT id, coalesce(producer, ''), unit, name_vi FROM stock_pool ORDER BY id";

catalog::Producer read_producer(Query& row) {
  catalog::Producer out;
  out.id.text = row.view();
  out.kind = known(catalog::producer_kind_from(row.view()));
  for (auto* text :
       {&out.name_vi, &out.name_en, &out.tax_code, &out.address, &out.ward.scheme, &out.ward.code,
        &out.ward.name, &out.ward.province_code, &out.ward.province_name, &out.ward.as_typed,
        &out.ward.before_2025, &out.phone, &out.bank.bin, &out.bank.number, &out.bank.owner}) {
    *text = row.view();
  }
  return out;
}

catalog::StockPool read_pool(Query& row) {
  catalog::StockPool out;
  out.id.text = row.view();
  out.producer.text = row.view();
  out.unit = known(catalog::base_unit_from(row.view()));
  out.name_vi = row.view();
  return out;
}

std::vector<catalog::Certificate> read_certificates(Database& database,
                                                    const catalog::ProductId& product) {
  Query query(database, kCertificates);
  query.bind(product);
  std::vector<catalog::Certificate> out;
  while (query.step()) {
    auto& certificate = out.emplace_back();
    certificate.kind = query.view();
    certificate.number = query.view();
    certificate.issuer = query.view();
    certificate.issued_on = query.view();
    certificate.expires_on = query.view();
    certificate.stars = query.small();
  }
  return out;
}

std::vector<std::string> read_images(Database& database, const catalog::ProductId& product) {
  Query query(database, kImages);
  query.bind(product);
  std::vector<std::string> out;
  while (query.step()) out.push_back(query.text());
  return out;
}

catalog::Product read_product(Database& database, Query& row) {
  catalog::Product out;
  out.id.text = row.view();
  out.producer.text = row.view();
  for (auto* text : {&out.name.vi, &out.name.en, &out.description.vi, &out.description.en,
                     &out.category, &out.origin}) {
    *text = row.view();
  }
  out.storage = known(catalog::storage_from(row.view()));
  out.shelf_life_days = row.small();
  out.ship_hours_max = row.small();
  out.label_class = known(catalog::label_class_from(row.view()));
  for (auto* text : {&out.ingredients, &out.usage, &out.warnings}) *text = row.view();
  out.certificates = read_certificates(database, out.id);
  out.images = read_images(database, out.id);
  return out;
}

void run_for(Database& database, const char* sql, const catalog::ProductId& product) {
  Query query(database, sql);
  query.bind(product);
  query.run();
}

void replace_certificates(Database& database, const catalog::Product& product) {
  run_for(database, kDropCertificates, product.id);
  for (std::size_t i = 0; i < product.certificates.size(); ++i) {
    const auto& certificate = product.certificates[i];
    Query query(database, kAddCertificate);
    query.bind(product.id, i, certificate.kind, certificate.number, certificate.issuer,
               certificate.issued_on, certificate.expires_on, certificate.stars);
    query.run();
  }
}

void replace_images(Database& database, const catalog::Product& product) {
  run_for(database, kDropImages, product.id);
  for (std::size_t i = 0; i < product.images.size(); ++i) {
    Query query(database, kAddImage);
    query.bind(product.id, i, product.images[i]);
    query.run();
  }
}

}  // namespace

catalog::Put ProductTable::put(const catalog::Producer& producer) {
  const auto& ward = producer.ward;
  const auto& bank = producer.bank;
  Query query(database_, kPutProducer);
  query.bind(producer.id, word(producer.kind), producer.name_vi, producer.name_en,
             producer.tax_code, producer.address, ward.scheme, ward.code, ward.name,
             ward.province_code, ward.province_name, ward.as_typed, ward.before_2025,
             producer.phone, bank.bin, bank.number, bank.owner);
  return run_upsert(query);
}

catalog::Put ProductTable::put(const catalog::Product& product) {
  const std::string name_vi_folded = base::fold(product.name.vi);
  const std::string name_en_folded = base::fold(product.name.en);
  auto put = catalog::Put::unchanged;
  {
    Query query(database_, kPutProduct);
    query.bind(product.id, product.producer, product.name.vi, product.name.en, name_vi_folded,
               name_en_folded, product.description.vi, product.description.en, product.category,
               product.origin, word(product.storage), product.shelf_life_days,
               product.ship_hours_max, word(product.label_class), product.ingredients,
               product.usage, product.warnings);
    put = run_upsert(query);
  }
  bool parts_changed = false;
  if (read_certificates(database_, product.id) != product.certificates) {
    replace_certificates(database_, product);
    parts_changed = true;
  }
  if (read_images(database_, product.id) != product.images) {
    replace_images(database_, product);
    parts_changed = true;
  }
  return put == catalog::Put::unchanged && parts_changed ? catalog::Put::updated : put;
}

catalog::Put ProductTable::put(const catalog::StockPool& pool) {
  Query query(database_, kPutPool);
  query.bind(pool.id, pool.producer, word(pool.unit), pool.name_vi);
  return run_upsert(query);
}

std::optional<catalog::Producer> ProductTable::producer(const catalog::ProducerId& id) {
  Query query(database_, kProducer);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return read_producer(query);
}

std::optional<catalog::Product> ProductTable::product(const catalog::ProductId& id) {
  Query query(database_, kProduct);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return read_product(database_, query);
}

std::optional<catalog::StockPool> ProductTable::pool(const catalog::PoolId& id) {
  Query query(database_, kPool);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return read_pool(query);
}

std::vector<catalog::Producer> ProductTable::producers() {
  Query query(database_, kProducers);
  std::vector<catalog::Producer> out;
  while (query.step()) out.push_back(read_producer(query));
  return out;
}

std::vector<catalog::Product> ProductTable::products() {
  Query query(database_, kProducts);
  std::vector<catalog::Product> out;
  while (query.step()) out.push_back(read_product(database_, query));
  return out;
}

std::vector<catalog::StockPool> ProductTable::pools() {
  Query query(database_, kPools);
  std::vector<catalog::StockPool> out;
  while (query.step()) out.push_back(read_pool(query));
  return out;
}

std::vector<catalog::Product> ProductTable::search(std::string_view text, std::size_t rows_max) {
  const std::string wanted = base::fold(text);
  Query query(database_, kSearch);
  query.bind(wanted, rows_max);
  std::vector<catalog::Product> out;
  while (query.step()) out.push_back(read_product(database_, query));
  return out;
}

}  // namespace storage::sqlite
