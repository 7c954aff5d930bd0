// SPDX-License-Identifier: MIT

#include "server/service.h"

#include <objbase.h>

#include <cstring>

#include "server/job.h"

namespace dosvc_stand_in {

bool Service::Less::operator()(const GUID& left, const GUID& right) const {
  return std::memcmp(&left, &right, sizeof(GUID)) < 0;
}

void Service::Start() {
  for (auto& record : store_.Load()) {
    const GUID id = record.id;
    const auto job = std::make_shared<Job>(std::move(record), *this);
    {
      const std::lock_guard lock(mutex_);
      jobs_[id] = job;
    }
    job->TakeUp();
  }
  DropOldJobs();
  notifier_.Start();
  queue_.Start([this] { DropOldJobs(); });
}

HRESULT Service::CreateJob(const std::wstring& display_name, std::shared_ptr<Job>& job) {
  JobRecord record;
  const HRESULT hr = CoCreateGuid(&record.id);
  if (FAILED(hr)) return hr;
  record.display_name = display_name;
  record.created = record.modified = Now();
  if (!Save(record)) return E_FAIL;
  job = std::make_shared<Job>(record, *this);
  const std::lock_guard lock(mutex_);
  jobs_[record.id] = job;
  return S_OK;
}

std::shared_ptr<Job> Service::Find(const GUID& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Job>> Service::Jobs() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Job>> jobs;
  for (const auto& [id, job] : jobs_) jobs.push_back(job);
  return jobs;
}

void Service::DropOldJobs() {
  for (const auto& job : Jobs()) job->DropIfOld();
}

void Service::Forget(const GUID& id) {
  store_.Remove(id);
  const std::lock_guard lock(mutex_);
  jobs_.erase(id);
}

}  // namespace dosvc_stand_in
