#include "connectors/common/worksheet/row_problems.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace connectors::common {
namespace {

using base::ErrorCode;

constexpr std::size_t kValueCodePointsMax = 40;

struct ProblemRow {
  FileProblem what;
  std::string_view name;  // Error::vendor_code
  ErrorCode code;
  std::string_view cure;
};
constexpr auto kProblems = std::to_array<ProblemRow>({
    {FileProblem::not_readable, "not_readable", ErrorCode::unavailable,
     "không đọc được tệp, hãy kiểm tra quyền / the file cannot be read, check its permissions"},
    {FileProblem::too_large, "too_large", ErrorCode::rejected,
     "tệp quá 20 MB, hãy xuất ít ngày hơn / above 20 MB, export fewer days"},
    {FileProblem::too_many_files, "too_many_files", ErrorCode::rejected,
     "quá 1000 tệp, hãy cất bớt tệp cũ / more than 1000 files, put old ones away"},
    {FileProblem::no_heading_row, "no_heading_row", ErrorCode::rejected,
     "không thấy dòng tiêu đề trong 20 dòng đầu / no heading row in the first 20 rows"},
    {FileProblem::column_missing, "column_missing", ErrorCode::rejected,
     "thiếu cột này, hãy xuất lại đủ cột / this column is missing, export it too"},
    {FileProblem::unknown_status, "unknown_status", ErrorCode::rejected,
     "trạng thái lạ, hãy báo để thêm vào bảng / unknown status word, report it to be added"},
    {FileProblem::bad_date, "bad_date", ErrorCode::rejected,
     "ngày phải là dd/MM/yyyy HH:mm / the date must be dd/MM/yyyy HH:mm"},
    {FileProblem::no_order_id, "no_order_id", ErrorCode::rejected,
     "thiếu mã đơn hàng / the order code is missing"},
    {FileProblem::rounded_order_id, "rounded_order_id", ErrorCode::rejected,
     "bảng tính đã làm tròn mã đơn, hãy lấy lại tệp gốc của sàn / the spreadsheet rounded the "
     "order "
     "code, take the file as the channel gave it"},
    {FileProblem::no_sku, "no_sku", ErrorCode::rejected,
     "thiếu mã hàng (SKU) / the SKU is missing"},
    {FileProblem::bad_quantity, "bad_quantity", ErrorCode::rejected,
     "số lượng phải là số nguyên lớn hơn 0 / the quantity must be a whole number above 0"},
    {FileProblem::bad_price, "bad_price", ErrorCode::rejected,
     "giá phải là số đồng, ví dụ 65000 / the price must be in đồng, like 65000"},
    {FileProblem::bad_amount, "bad_amount", ErrorCode::rejected,
     "số tiền phải là số đồng, ví dụ 65000 / the amount must be in đồng, like 65000"},
    {FileProblem::too_many_lines, "too_many_lines", ErrorCode::rejected,
     "đơn có quá 500 dòng hàng / the order has more than 500 lines"},
    {FileProblem::too_many_rows, "too_many_rows", ErrorCode::rejected,
     "quá 50000 dòng đơn hàng, hãy xuất ít ngày hơn / more than 50000 order rows, export fewer "
     "days"},
    {FileProblem::no_tick_column, "no_tick_column", ErrorCode::rejected,
     "không thấy cột \"Mã hàng (SKU)\" và \"Đã nhập\" / the columns \"Mã hàng (SKU)\" and \"Đã "
     "nhập\" are not there"},
    {FileProblem::unclear_tick, "unclear_tick", ErrorCode::rejected,
     "ghi x nếu đã nhập, để trống nếu chưa / write x where it is typed in, nothing where not"},
});

}  // namespace

base::Error problem(FileProblem what, const Place& place) {
  const auto* row = std::find_if(kProblems.begin(), kProblems.end(),
                                 [&](const ProblemRow& known) { return known.what == what; });
  std::string message = place.file;
  if (place.line > 0) message += ":" + std::to_string(place.line);
  message += ": ";
  if (!place.column.empty()) {
    message += "cột \"" + place.column + "\", giá trị \"" +
               base::shorten(place.value, kValueCodePointsMax) + "\": ";
  }
  return {row->code, message + std::string(row->cure), {}, std::string(row->name)};
}

base::Error in_file(const std::string& file, base::Error error) {
  error.message.insert(0, file + ": ");
  return error;
}

}  // namespace connectors::common
