#include "connectors/common/worksheet/order_file.h"

#include <array>

#include "connectors/common/sheet/open_rows.h"
#include "connectors/common/worksheet/file_bytes.h"
#include "connectors/common/worksheet/order_dates.h"
#include "connectors/common/worksheet/order_rows.h"

namespace connectors::common {
namespace {

constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};

OrderFile refused(base::Error error, base::Instant made_at) {
  OrderFile out;
  out.made_at = made_at;
  out.problems.push_back(std::move(error));
  return out;
}

// One file on its way to orders: where its headings are, what its columns are written in, its rows.
class Intake {
 public:
  Intake(const std::string& name, std::string_view bytes, const OrderWords& words)
      : name_(name), bytes_(bytes), words_(words) {}

  base::Status find_heading() {
    SheetChoice choice{kSeparators.front(), words_.sheet_name};
    std::optional<base::Error> broken;
    for (const char separator : kSeparators) {
      choice.separator = separator;
      const auto head = first_rows(choice);
      if (!head && !broken) broken = head.error();
      auto found = head ? find_layout(head.value(), words_) : std::nullopt;
      const bool better = found && (!layout_ || found->columns.size() > layout_->columns.size());
      if (better) {
        layout_ = std::move(found);
        choice_ = choice;
      }
      if (sheet_kind(bytes_) != SheetKind::csv) break;
    }
    if (!layout_) {
      if (broken) return in_file(name_, *broken);
      return problem(FileProblem::no_heading_row, {name_, 0, {}, {}});
    }
    if (const auto missing = missing_column(*layout_, words_)) {
      return problem(FileProblem::column_missing,
                     {name_, layout_->heading_line, std::string(heading_vi(*missing)), {}});
    }
    return base::Done{};
  }

  // Looks at every row, so that a file is read whole or not at all.
  base::Status survey() {
    std::map<OrderColumn, TextColumn> texts;
    auto read = each_row([&](const Row& row) {
      for (const auto column : {OrderColumn::status, OrderColumn::name}) {
        const auto* at = place_of(row, column);
        if (at != nullptr) texts[column].add(row.cells[at->index], row.marks[at->index]);
      }
      dates_.add(layout_->cell(row, OrderColumn::date));
    });
    if (!read) return read;
    for (const auto& [column, text] : texts) {
      const auto coding = words_.coding ? base::Result<Coding>(*words_.coding)
                                        : text.decide(layout_->columns.at(column).heading);
      if (!coding) return in_file(name_, coding.error());
      codings_[column] = coding.value();
    }
    rest_ = shared_coding();
    return base::Done{};
  }

  base::Result<OrderFile> orders(base::Instant made_at) {
    OrderRows reader(name_, words_, *layout_, dates_.order(), made_at);
    Row readable;
    const auto read = each_row([&](const Row& row) {
      readable = row;
      for (const auto& [column, heading] : layout_->columns) {
        const auto* at = place_of(row, column);
        if (at == nullptr) continue;
        const auto own = codings_.find(column);
        readable.cells[at->index] = read_cell(row.cells[at->index], row.marks[at->index],
                                              own == codings_.end() ? rest_ : own->second);
      }
      reader.take(readable);
    });
    if (!read) return read.error();
    return reader.finish();
  }

 private:
  base::Result<std::vector<Row>> first_rows(const SheetChoice& choice) const {
    auto rows = open_rows(bytes_, choice);
    if (!rows) return rows.error();
    std::vector<Row> head;
    for (Row row; head.size() < kHeadingRowsMax;) {
      const auto more = rows.value()->next(row);
      if (!more) return more.error();
      if (!more.value()) break;
      head.push_back(row);
    }
    return head;
  }

  // What the columns without words of their own, like "150.000 ®", are written in: the one old
  // coding of the file, where it has one.
  Coding shared_coding() const {
    Coding out = words_.coding.value_or(Coding::as_it_is);
    for (const auto& [column, coding] : codings_) {
      if (coding == Coding::as_it_is) continue;
      if (out != Coding::as_it_is && out != coding) return Coding::as_it_is;
      out = coding;
    }
    return out;
  }

  template <typename Use>
  base::Status each_row(Use use) const {
    auto rows = open_rows(bytes_, choice_);
    if (!rows) return in_file(name_, rows.error());
    for (Row row;;) {
      const auto more = rows.value()->next(row);
      if (!more) return in_file(name_, more.error());
      if (!more.value()) return base::Done{};
      if (row.line > layout_->heading_line) use(row);
    }
  }

  const OrderLayout::Column* place_of(const Row& row, OrderColumn column) const {
    const auto found = layout_->columns.find(column);
    const bool there = found != layout_->columns.end() && found->second.index < row.cells.size();
    return there ? &found->second : nullptr;
  }

  const std::string& name_;
  const std::string_view bytes_;
  const OrderWords& words_;
  SheetChoice choice_;
  std::optional<OrderLayout> layout_;
  std::map<OrderColumn, Coding> codings_;
  Coding rest_ = Coding::as_it_is;
  DateColumn dates_;
};

}  // namespace

OrderFile parse_order_file(const std::string& file_name, std::string bytes, const OrderWords& words,
                           base::Instant made_at) {
  const auto whole = without_utf16(std::move(bytes));
  Intake intake(file_name, whole, words);
  if (const auto found = intake.find_heading(); !found) return refused(found.error(), made_at);
  if (const auto looked = intake.survey(); !looked) return refused(looked.error(), made_at);
  auto out = intake.orders(made_at);
  return out ? std::move(out).value() : refused(out.error(), made_at);
}

OrderFile read_order_file(const std::filesystem::path& path, const OrderWords& words) {
  auto file = read_file_bytes(path, kOrderFileBytesMax);
  if (!file) return refused(file.error(), {});
  auto& [bytes, saved_at] = file.value();
  return parse_order_file(path.filename().string(), std::move(bytes), words, saved_at);
}

}  // namespace connectors::common
