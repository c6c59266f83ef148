/** Docker's DNS server, in every container on a network of one's own (docs.docker.com/engine/network/#dns-services). */
export const DOCKER_RESOLVER = '127.0.0.11';
