/** The directory in which a host tree has cgroups: each that lies in it is one (docs/world.md). */
export const cgroupHierarchy = '/cgroup/';
