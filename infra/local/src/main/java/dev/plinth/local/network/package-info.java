/**
 * The virtual network of the templates: which function stands in which subnets and security groups, and what it reaches
 * from there. No packet is filtered; whoever answers a function asks here first. Default deny, as on AWS.
 */
package dev.plinth.local.network;
