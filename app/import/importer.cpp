#include "app/import/importer.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "app/import/row_mapping.h"
#include "base/time_text.h"
#include "catalog/quantity.h"
#include "catalog/stock_service.h"
#include "jobs/content.h"

namespace app::importing {
namespace {

namespace fs = std::filesystem;
using catalog::Put;

constexpr std::int64_t kProgressEvery = 5'000;
constexpr std::string_view kSource = "import";
constexpr std::size_t kMovementsLookedAtMax = 10'000;

// Thrown inside the transaction to leave nothing behind; never leaves this file.
struct NothingWritten {};

bool ends_with_any(const fs::path& path, std::string_view ending) {
  auto found = path.extension().string();
  std::transform(found.begin(), found.end(), found.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return found == ending;
}

// Files in the order in which rows may refer to each other.
base::Result<std::vector<fs::path>> files_of(const std::string& path) {
  std::error_code failed;
  if (fs::is_regular_file(path, failed)) return std::vector<fs::path>{path};
  if (!fs::is_directory(path, failed)) {
    return base::Error{base::ErrorCode::invalid, path + ": no such file or folder", {}, {}};
  }
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(path, failed)) {
    if (ends_with_any(entry.path(), ".csv") || ends_with_any(entry.path(), ".xml")) {
      out.push_back(entry.path());
    }
  }
  if (out.empty() || out.size() > kFilesMax) {
    return base::Error{base::ErrorCode::invalid, path + ": no *.csv or *.xml here", {}, {}};
  }
  std::sort(out.begin(), out.end());
  return out;
}

// One pass over all rows into the tables of one transaction.
class Pass {
 public:
  Pass(jobs::Tables& tables, base::Instant now, Summary& summary, const Progress& progress,
       std::string_view actor)
      : tables_(tables), now_(now), summary_(summary), progress_(progress), actor_(actor) {
    sink_.problem = [this](Problem problem) {
      if (summary_.problems.size() < kProblemsMax) summary_.problems.push_back(std::move(problem));
    };
  }

  void run(const std::vector<fs::path>& files) {
    for (const auto kind :
         {Kind::producer, Kind::pool, Kind::product, Kind::variant, Kind::stock, Kind::place}) {
      for (const auto& file : files) read(file, kind);
    }
    finish();
  }

 private:
  // Kinds go in one after the other; a file is read once per kind it can hold, which costs little
  // and keeps memory at one row.
  void read(const fs::path& file, Kind kind) {
    const bool first_time = kind == Kind::producer;
    const bool xml = ends_with_any(file, ".xml");
    if (!xml && !first_time && kind_of_file_[file] != kind) return;
    if (!xml && first_time) learn_kind(file);
    if (!xml && kind_of_file_[file] != kind) return;
    RowSink sink;
    sink.row = [&](RawRow& row) {
      if (row.kind == kind) take(row, file.parent_path().string());
    };
    const auto told = [&](Problem problem) { sink_.problem(std::move(problem)); };
    // An XML file's own faults are told once, not once per kind.
    sink.problem = xml && !first_time ? std::function<void(Problem)>([](const Problem&) {}) : told;
    if (xml) {
      read_xml(file.string(), file.filename().string(), sink);
    } else {
      read_csv(file.string(), file.filename().string(), sink);
    }
  }

  // The headings of a CSV say what it holds. One that nobody understands is read first, and its
  // faults are told once.
  void learn_kind(const fs::path& file) {
    kind_of_file_[file] = csv_kind(file.string()).value_or(Kind::producer);
  }

  void take(RawRow& row, const std::string& folder) {
    if (++seen_ > static_cast<std::int64_t>(kRowsMax)) {
      if (seen_ == static_cast<std::int64_t>(kRowsMax) + 1) {
        sink_.problem(problem_at(row, "", "quá 2.000.000 dòng; chia tệp ra",
                                 "more than 2 000 000 rows; split the file"));
      }
      return;
    }
    if (progress_ && seen_ % kProgressEvery == 0) progress_(seen_);
    auto& counts = summary_.counts[row.kind];
    ++counts.rows;
    if (row.kind != Kind::stock && is_repeated(row)) return;
    switch (row.kind) {
      case Kind::producer:
        if (const auto value = to_producer(row, sink_))
          count(counts, tables_.catalog.products.put(*value));
        return;
      case Kind::pool:
        take_pool(row, counts);
        return;
      case Kind::product:
        take_product(row, counts, folder);
        return;
      case Kind::variant:
        take_variant(row, counts);
        return;
      case Kind::stock:
        take_stock(row, counts);
        return;
      case Kind::place:
        take_place(row, counts);
        return;
    }
  }

  bool is_repeated(const RawRow& row) {
    const auto& id_column = columns_of(row.kind).front();
    auto id = std::string(row.cell(id_column));
    if (ids_[row.kind].insert(std::move(id)).second) return false;
    sink_.problem(
        problem_at(row, id_column, "mã này đã có ở dòng trên", "this id was given in a row above"));
    return true;
  }

  void refer(bool there, const RawRow& row, std::string_view column, bool& good) {
    if (there) return;
    good = false;
    sink_.problem(problem_at(row, column, "mã này không có trong danh mục, hoặc dòng của nó sai",
                             "the catalogue has no such id, or its row is wrong"));
  }

  bool has_producer(const catalog::ProducerId& id) {
    return known(known_producers_, id.text,
                 [&] { return tables_.catalog.products.producer(id).has_value(); });
  }
  bool has_product(const catalog::ProductId& id) {
    return known(known_products_, id.text,
                 [&] { return tables_.catalog.products.product(id).has_value(); });
  }
  const std::optional<catalog::StockPool>& pool(const catalog::PoolId& id) {
    const auto found = known_pools_.find(id.text);
    if (found != known_pools_.end()) return found->second;
    return known_pools_.emplace(id.text, tables_.catalog.products.pool(id)).first->second;
  }

  template <typename Look>
  static bool known(std::unordered_map<std::string, bool>& cache, const std::string& id,
                    const Look& look) {
    const auto found = cache.find(id);
    if (found != cache.end()) return found->second;
    return cache.emplace(id, look()).first->second;
  }

  void take_pool(const RawRow& row, Counts& counts) {
    const auto value = to_pool(row, sink_);
    if (!value) return;
    bool good = true;
    refer(has_producer(value->producer), row, "producer", good);
    if (good) count(counts, tables_.catalog.products.put(*value));
  }

  void take_product(const RawRow& row, Counts& counts, const std::string& folder) {
    const auto value = to_product(row, sink_, folder);
    if (!value) return;
    bool good = true;
    refer(has_producer(value->producer), row, "producer", good);
    if (!good) return;
    if (count(counts, tables_.catalog.products.put(*value)) != Put::updated) return;
    for (const auto& variant : tables_.catalog.products.variants_of(value->id)) {
      changed_skus_.insert(variant.sku);
    }
  }

  void take_variant(const RawRow& row, Counts& counts) {
    const auto value = to_variant(row, sink_);
    if (!value) return;
    bool good = true;
    refer(has_product(value->product), row, "product", good);
    for (const auto& item : value->recipe) refer(pool(item.pool).has_value(), row, "recipe", good);
    if (!good) return;
    if (count(counts, tables_.catalog.products.put(*value)) == Put::updated) {
      changed_skus_.insert(value->sku);
    }
  }

  void take_stock(const RawRow& row, Counts& counts) {
    const auto value = to_stock(row, sink_);
    if (!value) return;
    bool good = true;
    const auto& of = pool(value->pool);
    refer(of.has_value(), row, "pool", good);
    if (!good) return;
    const auto quantity = catalog::parse_quantity(value->quantity, of->unit);
    if (!quantity || *quantity == 0) {
      sink_.problem(problem_at(row, "quantity",
                               "số lượng phải khớp đơn vị của kho, ví dụ 600 kg hoặc 60 con",
                               "the quantity must fit the pool's unit, like 600 kg or 60 con"));
      return;
    }
    catalog::LedgerEntry entry;
    entry.pool = value->pool;
    entry.source = kSource;
    // A lot comes in once; the same row again is the same event.
    entry.event_key = value->lot;
    entry.actor = actor_;
    catalog::Lot lot{value->pool, value->lot, *quantity, value->harvested_on, value->expires_on};
    if (catalog::receive(tables_.catalog, entry, lot, now_)) {
      count(counts, Put::inserted);
      pools_.insert(value->pool);
    } else {
      count(counts, Put::unchanged);
      refuse_other_quantity(row, value->pool, value->lot, *quantity);
    }
  }

  void take_place(const RawRow& row, Counts& counts) {
    const auto value = to_place(row, sink_);
    if (!value) return;
    bool good = true;
    for (const auto& product : value->specialities) {
      refer(has_product(product), row, "products", good);
    }
    if (good) count(counts, tables_.catalog.places.put(*value));
  }

  // A lot comes in once. The same row again is nothing new; another quantity is a mistake to tell.
  void refuse_other_quantity(const RawRow& row, const catalog::PoolId& pool, const std::string& lot,
                             std::int64_t quantity) {
    for (const auto& movement : tables_.catalog.stock.movements(pool, kMovementsLookedAtMax)) {
      const bool of_lot = movement.source == kSource && movement.event_key == lot;
      if (!of_lot || movement.on_hand_delta == quantity) continue;
      sink_.problem(
          problem_at(row, "quantity", "lô này đã nhập với số khác; dùng stock add, take hoặc set",
                     "this lot came in with another quantity; use stock add, take or set"));
    }
  }

  static Put count(Counts& counts, Put put) {
    if (put == Put::inserted) ++counts.inserted;
    if (put == Put::updated) ++counts.updated;
    if (put == Put::unchanged) ++counts.unchanged;
    return put;
  }

  void finish() {
    for (const auto& sku : changed_skus_) {
      jobs::refresh_listings(tables_, sku, now_);
      const auto variant = tables_.catalog.products.variant(sku);
      for (const auto& item : variant->recipe) pools_.insert(item.pool);
    }
    if (!pools_.empty()) catalog::replan(tables_.catalog, pools_, now_);
  }

  jobs::Tables& tables_;
  const base::Instant now_;
  Summary& summary_;
  const Progress& progress_;
  const std::string actor_;
  RowSink sink_;
  std::int64_t seen_ = 0;
  std::map<fs::path, Kind> kind_of_file_;
  std::map<Kind, std::unordered_set<std::string>> ids_;
  std::unordered_map<std::string, bool> known_producers_;
  std::unordered_map<std::string, bool> known_products_;
  std::unordered_map<std::string, std::optional<catalog::StockPool>> known_pools_;
  std::set<catalog::Sku> changed_skus_;
  std::set<catalog::PoolId> pools_;
};

}  // namespace

base::Result<Summary> import_path(jobs::Store& store, const base::Clock& clock,
                                  const std::string& path, Mode mode, const Progress& progress,
                                  std::string_view actor) {
  const auto files = files_of(path);
  if (!files) return files.error();
  Summary summary;
  try {
    store.write([&](jobs::Tables& tables) {
      summary = Summary{};
      Pass(tables, clock.now(), summary, progress, actor).run(files.value());
      const bool refuse = mode == Mode::all_or_nothing && !summary.problems.empty();
      if (mode == Mode::check || refuse) throw NothingWritten{};
    });
    summary.written = true;
  } catch (const NothingWritten&) {
    summary.written = false;
  }
  return summary;
}

}  // namespace app::importing
