#include "connectors/common/sheet/xlsx_parts.h"

#include <optional>

#include "base/text.h"

namespace connectors::common {
namespace {

base::Error no_workbook() {
  return sheet_error("no_workbook", "tệp này không phải bảng tính XLSX",
                     "this is no XLSX workbook");
}

struct Relation {
  std::string type;  // the last word of its URI: "worksheet"
  std::string target;
};
using Relations = std::map<std::string, Relation>;

class RelationsSink final : public SaxSink {
 public:
  void start(std::string_view name, std::span<const SaxAttribute> attributes) override {
    if (name != "Relationship") return;
    if (found.size() >= kRelationsMax) return fail(no_workbook());
    const auto type = attribute(attributes, "Type").value_or("");
    found[plain_value(attribute(attributes, "Id").value_or(""))] = {
        std::string(type.substr(type.rfind('/') + 1)),
        plain_value(attribute(attributes, "Target").value_or(""))};
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  Relations found;
};

struct Sheet {
  std::string name;
  std::string relation;
  bool visible = true;
};

class WorkbookSink final : public SaxSink {
 public:
  void start(std::string_view name, std::span<const SaxAttribute> attributes) override {
    if (name == "workbookPr") {
      const auto flag = attribute(attributes, "date1904").value_or("0");
      if (flag == "1" || flag == "true") epoch = Epoch::of_1904;
    }
    if (name != "sheet") return;
    if (sheets.size() >= kSheetsMax) return fail(no_workbook());
    const auto state = attribute(attributes, "state").value_or("visible");
    sheets.push_back({plain_value(attribute(attributes, "name").value_or("")),
                      plain_value(attribute(attributes, "id").value_or("")), state == "visible"});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<Sheet> sheets;
  Epoch epoch = Epoch::of_1900;
};

// "xl/workbook.xml" -> "xl/"
std::string folder_of(std::string_view part) {
  const auto slash = part.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : part.substr(0, slash + 1));
}

// A target is relative to the part that names it, or begins with "/".
std::string resolve(const std::string& folder, const std::string& target) {
  if (target.starts_with('/')) return target.substr(1);
  std::string base = folder;
  std::string_view rest = target;
  while (rest.starts_with("../") && !base.empty()) {
    rest.remove_prefix(3);
    base = folder_of(std::string_view(base).substr(0, base.size() - 1));
  }
  return base + std::string(rest);
}

base::Result<Relations> relations_of(ZipParts& zip, const std::string& part) {
  const auto folder = folder_of(part);
  const auto index = zip.find(folder + "_rels/" + part.substr(folder.size()) + ".rels");
  if (!index) return no_workbook();
  RelationsSink sink;
  if (auto read = run_part(zip, *index, sink); !read) return read.error();
  return std::move(sink.found);
}

std::optional<std::uint64_t> entry_of_type(const ZipParts& zip, const Relations& relations,
                                           const std::string& folder, std::string_view type) {
  for (const auto& [id, relation] : relations) {
    if (relation.type == type) return zip.find(resolve(folder, relation.target));
  }
  return std::nullopt;
}

base::Result<std::uint64_t> choose(const ZipParts& zip, const std::vector<Sheet>& sheets,
                                   const Relations& relations, const std::string& folder,
                                   std::string_view name) {
  const auto wanted = base::fold(name);
  for (const auto& sheet : sheets) {
    const bool fits = wanted.empty() ? sheet.visible : base::fold(sheet.name) == wanted;
    const auto relation = relations.find(sheet.relation);
    if (!fits || relation == relations.end() || relation->second.type != "worksheet") continue;
    if (const auto entry = zip.find(resolve(folder, relation->second.target))) return *entry;
  }
  const std::string shown(name);
  return sheet_error("no_such_sheet", "không có trang tính như vậy " + shown,
                     "there is no such sheet " + shown);
}

}  // namespace

base::Result<XlsxParts> read_parts(ZipParts& zip, std::string_view sheet_name) {
  const auto top = relations_of(zip, "");
  if (!top) return top.error();
  std::string workbook;
  for (const auto& [id, relation] : top.value()) {
    if (relation.type == "officeDocument") workbook = part_name(relation.target);
  }
  const auto index = zip.find(workbook);
  if (workbook.empty() || !index) return no_workbook();
  WorkbookSink book;
  if (auto read = run_part(zip, *index, book); !read) return read.error();
  const auto relations = relations_of(zip, workbook);
  if (!relations) return relations.error();
  const auto folder = folder_of(workbook);
  const auto sheet = choose(zip, book.sheets, relations.value(), folder, sheet_name);
  if (!sheet) return sheet.error();

  XlsxParts out;
  out.sheet = sheet.value();
  out.epoch = book.epoch;
  if (const auto styles = entry_of_type(zip, relations.value(), folder, "styles")) {
    if (auto read = read_styles(zip, *styles, out.styles); !read) return read.error();
  }
  if (const auto strings = entry_of_type(zip, relations.value(), folder, "sharedStrings")) {
    if (auto read = read_strings(zip, *strings, out.strings); !read) return read.error();
  }
  return out;
}

}  // namespace connectors::common
