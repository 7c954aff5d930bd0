// SPDX-License-Identifier: MIT

#include "stand-in/jobs/record_text.h"

#include <cwchar>
#include <map>
#include <sstream>

#include "stand-in/store/record_lines.h"

namespace dosvc_stand_in {
namespace {

constexpr wchar_t kEnd[] = L"end";

// Names every value once, for writing and reading.
template <typename Each, typename Job>
void EachOfJob(Each& each, Job& job) {
  each(L"id", job.id);
  each(L"display-name", job.display_name);
  each(L"state", job.state);
  each(L"priority", job.priority);
  each(L"notify-flags", job.notify_flags);
  each(L"no-progress-timeout", job.no_progress_timeout);
  each(L"cost-flags", job.cost_flags);
  each(L"notification-class", job.notification_class);
  each(L"foreign", job.foreign);
  each(L"created", job.created);
  each(L"modified", job.modified);
  each(L"transferred-at", job.transferred);
  each(L"progressed", job.progressed);
  each(L"error", job.error.code);
  each(L"error-context", job.error.context);
  each(L"error-file", job.error.file);
  each(L"error-text", job.error.text);
}

template <typename Each, typename File>
void EachOfFile(Each& each, File& file) {
  each(L"file-id", file.id);
  each(L"local-name", file.local_name);
  each(L"url", file.source.url);
  each(L"temporary-path", file.source.temporary_path);
  each(L"done", file.state.done);
  each(L"total", file.state.total);
  each(L"remote-size", file.state.remote_size);
  each(L"etag", file.state.etag);
  each(L"last-modified", file.state.last_modified);
  each(L"final-url", file.state.final_url);
  each(L"declared-size", file.declared_size);
  each(L"transferred", file.transferred);
  each(L"published", file.published);
  each(L"response-headers", file.response_headers);
  each(L"decryption-info", file.decryption_info);
  each(L"integrity-info", file.integrity_info);
  each(L"integrity-mandatory", file.integrity_mandatory);
}

constexpr wchar_t kFile[] = L"file";
constexpr wchar_t kRange[] = L"range";

FileRecord FileOf(std::map<std::wstring, std::wstring> values, std::vector<Span> ranges) {
  FileRecord file;
  const LineReader reader(std::move(values));
  EachOfFile(reader, file);
  file.source.ranges = std::move(ranges);
  return file;
}

}  // namespace

std::wstring Write(const JobRecord& job) {
  LineWriter writer;
  EachOfJob(writer, job);
  for (const auto& file : job.files) {
    writer.Line(kFile, L"");
    EachOfFile(writer, file);
    for (const auto& range : file.source.ranges) {
      writer.Line(kRange,
                  std::to_wstring(static_cast<std::int64_t>(range.offset)) + L" " +
                      std::to_wstring(static_cast<std::int64_t>(range.length)));
    }
  }
  writer.Line(kEnd, L"");
  return writer.Take();
}

std::optional<JobRecord> Read(const std::wstring& text) {
  JobRecord job;
  std::map<std::wstring, std::wstring> values;
  std::vector<Span> ranges;
  bool in_file = false;
  // Ends a section: the values read so far belong to the job or to a file.
  const auto section = [&] {
    if (in_file) {
      job.files.push_back(FileOf(std::move(values), std::move(ranges)));
    } else {
      const LineReader reader(std::move(values));
      EachOfJob(reader, job);
    }
    values.clear();
    ranges.clear();
  };
  std::wistringstream lines(text);
  for (std::wstring line; std::getline(lines, line);) {
    const auto space = line.find(L' ');
    const auto name = line.substr(0, space);
    const auto value = space == std::wstring::npos ? std::wstring() : line.substr(space + 1);
    if (name == kFile || name == kEnd) {
      section();
      in_file = true;
      if (name == kEnd) return job;
    } else if (name == kRange) {
      wchar_t* rest = nullptr;
      const auto offset = std::wcstoll(value.c_str(), &rest, 10);
      const auto length = std::wcstoll(rest, nullptr, 10);
      ranges.push_back({static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(length)});
    } else {
      values[name] = value;
    }
  }
  return std::nullopt;
}

}  // namespace dosvc_stand_in
